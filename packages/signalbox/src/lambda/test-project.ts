import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FunctionResource } from '../template/app.ts';
import { createLambdaHost } from './host.ts';
import type { FunctionLogEvent, LambdaHostOptions } from './host-options.ts';

/** A project in a temporary directory, with handlers written by a test. */
export class TestProject {
  readonly root = mkdtempSync(join(tmpdir(), 'signalbox-lambda-'));
  readonly logs: FunctionLogEvent[] = [];
  readonly functions: FunctionResource[] = [];

  /** Writes a file of the project. */
  write(file: string, text: string): void {
    const path = join(this.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Adds a function with its handler's source. */
  add(name: string, source: string, overrides: Partial<FunctionResource> = {}): FunctionResource {
    const entryPoint = `functions/${name}/handler.ts`;
    this.write(entryPoint, source);
    const resource = testFunction(name, entryPoint, overrides);
    this.functions.push(resource);
    return resource;
  }

  /** Adds a function of any runtime whose code is the folder `functions/<name>`. */
  addPlain(
    name: string,
    file: string,
    source: string,
    overrides: Partial<FunctionResource> = {},
  ): FunctionResource {
    this.write(`functions/${name}/${file}`, source);
    const bundled = testFunction(name, 'none');
    const resource: FunctionResource = {
      ...bundled,
      codeUri: `functions/${name}`,
      runtime: 'python3.12',
      handler: 'app.handler',
      build: { ...bundled.build, entryPoints: [], keepsFolders: true },
      ...overrides,
    };
    this.functions.push(resource);
    return resource;
  }

  /** Creates a host for the project. */
  createHost(overrides: Partial<LambdaHostOptions> = {}): ReturnType<typeof createLambdaHost> {
    return createLambdaHost({
      root: this.root,
      functions: () => this.functions,
      endpointUrl: () => 'http://127.0.0.1:4566',
      region: 'eu-west-1',
      credentialsFor: (roleArn) => ({
        accessKeyId: 'ASIATEST',
        secretAccessKey: 'secret',
        sessionToken: roleArn,
      }),
      onLog: (event) => this.logs.push(event),
      now: () => new Date('2026-01-05T10:00:00.000Z'),
      ...overrides,
    });
  }

  /** The messages logged so far. */
  messages(): string[] {
    return this.logs.map(({ message }) => message);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A function as a template with SAM's defaults describes it. */
export function testFunction(
  name: string,
  entryPoint: string,
  overrides: Partial<FunctionResource> = {},
): FunctionResource {
  return {
    logicalId: `${name}Function`,
    path: `${name}Function`,
    name,
    arn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
    roleArn: `arn:aws:iam::123456789012:role/${name}`,
    codeUri: '.',
    handler: 'handler.handler',
    runtime: 'nodejs24.x',
    timeoutSeconds: 30,
    memoryMb: 256,
    environment: {},
    reservedConcurrency: undefined,
    logGroup: `/aws/lambda/${name}`,
    build: {
      entryPoints: [entryPoint],
      minify: true,
      target: 'es2022',
      format: 'esm',
      sourcemap: false,
      keepNames: true,
      mainFields: ['module', 'main'],
      external: [],
      banner: {},
      outExtension: { '.js': '.mjs' },
    },
    place: { file: 'template.yaml', line: 12 },
    ...overrides,
  };
}
