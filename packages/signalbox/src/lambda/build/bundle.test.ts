import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EsbuildProperties, FunctionResource } from '../../template/app.ts';
import { TestProject, testFunction } from '../test-project.ts';
import { toBuildOptions } from './build-options.ts';
import { createBundler } from './bundle.ts';

let project: TestProject;

beforeEach(() => {
  project = new TestProject();
});
afterEach(() => project.remove());

function withBuild(resource: FunctionResource, build: Partial<EsbuildProperties>) {
  return { ...resource, build: { ...resource.build, ...build } };
}

describe('toBuildOptions()', () => {
  test('takes every build property over as sam build does', () => {
    project.write('functions/charge/handler.ts', '');
    const resource = withBuild(testFunction('Charge', 'charge/handler.ts'), {
      sourcemap: true,
      external: ['@aws-sdk/*'],
      banner: { js: 'const answer = 42;' },
    });

    const options = toBuildOptions({ ...resource, codeUri: 'functions' }, project.root, '/out');

    expect(options).toEqual({
      ok: true,
      value: {
        absWorkingDir: join(project.root, 'functions'),
        entryPoints: ['charge/handler.ts'],
        outdir: '/out',
        bundle: true,
        platform: 'node',
        target: 'es2022',
        format: 'esm',
        minify: true,
        keepNames: true,
        sourcemap: true,
        mainFields: ['module', 'main'],
        external: ['@aws-sdk/*'],
        banner: { js: 'const answer = 42;' },
        outExtension: { '.js': '.mjs' },
      },
    });
  });

  test.each([
    ['handler.ts', 'handler.ts'],
    ['handler.js', 'handler.js'],
  ])('finds %s for an entry point without a suffix', (file, entryPoint) => {
    project.write(file, '');

    const options = toBuildOptions(testFunction('Plain', 'handler'), project.root, '/out');

    expect(options).toMatchObject({ ok: true, value: { entryPoints: [entryPoint] } });
  });

  test('refuses an entry point that does not exist, at its place in the template', () => {
    const options = toBuildOptions(testFunction('Charge', 'gone.ts'), project.root, '/out');

    expect(options).toEqual({
      ok: false,
      problems: [
        {
          file: 'template.yaml',
          line: 12,
          message:
            'Entry point "gone.ts" of ChargeFunction does not exist in CodeUri ".": correct Metadata.BuildProperties.EntryPoints',
        },
      ],
    });
  });
});

describe('bundle()', () => {
  const output = (): string => join(project.root, '.signalbox/functions/EchoFunction/handler.mjs');

  test('writes the output files that Lambda unpacks', async () => {
    const resource = withBuild(project.add('Echo', 'export const handler = () => 1;'), {
      sourcemap: true,
    });
    const bundler = createBundler(project.root);

    const bundle = await bundler.bundle(resource);
    await bundler.dispose();

    const directory = join(project.root, '.signalbox/functions/EchoFunction');
    expect(bundle).toMatchObject({ ok: true, value: { directory } });
    expect(readFileSync(output(), 'utf8')).toContain('//# sourceMappingURL=handler.mjs.map');
    expect(existsSync(`${output()}.map`)).toBe(true);
  });

  test('keeps an unchanged bundle from an earlier process', async () => {
    const resource = project.add('Echo', 'export const handler = () => 1;');
    const earlier = createBundler(project.root);
    const first = await earlier.bundle(resource);
    await earlier.dispose();
    const writtenAt = statSync(output()).mtimeMs;
    const later = createBundler(project.root);

    const second = await later.bundle(resource);
    await later.dispose();

    expect(second).toEqual(first);
    expect(statSync(output()).mtimeMs).toBe(writtenAt);
  });

  test.each([
    ['an imported file', () => project.write('functions/Echo/word.ts', 'export const word = 22;')],
    [
      'the record of the build',
      () => project.write('.signalbox/functions/EchoFunction.json', '{}'),
    ],
  ])('builds again after a change of %s', async (_what, change) => {
    project.write('functions/Echo/word.ts', 'export const word = 1;');
    const resource = project.add(
      'Echo',
      'import { word } from "./word.ts"; export const handler = () => word;',
    );
    const earlier = createBundler(project.root);
    await earlier.bundle(resource);
    await earlier.dispose();
    project.write('.signalbox/functions/EchoFunction/handler.mjs', 'stale');
    change();
    const later = createBundler(project.root);

    await later.bundle(resource);
    await later.dispose();

    expect(readFileSync(output(), 'utf8')).not.toBe('stale');
  });

  test('keeps what it built before when a change does not build, and says what is wrong', async () => {
    const resource = project.add('Echo', 'export const handler = () => 1;');
    const bundler = createBundler(project.root);
    const first = await bundler.bundle(resource);
    project.write('functions/Echo/handler.ts', 'export const handler = () =>> 1;');

    const problems = await bundler.refresh([resource]);
    const second = await bundler.bundle(resource);
    await bundler.dispose();

    expect(problems).toMatchObject([{ file: 'functions/Echo/handler.ts', line: 1 }]);
    expect(second).toEqual(first);
  });

  test('builds again with other build properties', async () => {
    const resource = project.add('Echo', 'export const handler = () => globalThis.name ?? 1;');
    const bundler = createBundler(project.root);
    const first = await bundler.bundle(resource);

    const second = await bundler.bundle(withBuild(resource, { minify: false }));
    await bundler.dispose();

    expect(second).not.toEqual(first);
    expect(second.ok).toBe(true);
  });

  test.each([
    ['export const handler = ;', 'Unexpected ";": correct the source'],
    [
      'import x from "left-pad"; export const handler = x;',
      'Could not resolve "left-pad": install the package, or correct the import',
    ],
    [
      'import { gone } from "../word.ts"; export const handler = gone;',
      'No matching export in "functions/word.ts" for import "gone": export it there, or correct the import',
    ],
  ])('says where %s is wrong and what to do', async (source, message) => {
    project.write('functions/word.ts', 'export const word = 1;');
    const bundler = createBundler(project.root);

    const bundle = await bundler.bundle(project.add('Echo', `\n\n${source}`));
    await bundler.dispose();

    const place = { file: 'functions/Echo/handler.ts', line: 3 };
    expect(bundle).toEqual({ ok: false, problems: [{ message, ...place }] });
  });

  test('takes what sam build made, read as Lambda reads it', async () => {
    project.write('package.json', '{"type":"module"}');
    project.write('.aws-sam/build/EchoFunction/handler.js', 'exports.handler = async () => "sam";');
    project.functions.push(testFunction('Echo', 'gone.ts'));
    const host = project.createHost({ prebuiltDirectory: '.aws-sam/build' });

    const response = await host.invoke('Echo', new TextEncoder().encode('{}'));
    await host.close();

    expect(new TextDecoder().decode(response.payload)).toBe('"sam"');
  });

  test('asks for sam build where it has not run', async () => {
    const bundler = createBundler(project.root, '.aws-sam/build');

    expect(await bundler.bundle(testFunction('Echo', 'handler.ts'))).toMatchObject({
      ok: false,
      problems: [{ message: 'EchoFunction is not built: run "sam build" first' }],
    });
  });
});
