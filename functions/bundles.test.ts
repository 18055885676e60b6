import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { parse } from 'yaml';

/*
 * Bundles are made as the template makes them, but without KeepNames: the names that Step Functions
 * matches have to survive even that.
 */

/** The size limit of a bundle: those of failovers bring the clients of the services that they move. */
const MAX_BUNDLE_BYTES: Readonly<Record<string, number>> = {
  approvals: 300_000,
  lifecycle: 490_000,
  costs: 450_000,
  failover: 650_000,
  operations: 300_000,
  orders: 325_000,
};

/** Modules that the SDK loads only where a function's environment holds no credentials, which it always does. */
const EXTERNAL = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** Every function's folder with its domain: each name is there once. */
const functions = Object.keys(MAX_BUNDLE_BYTES).flatMap((domain) =>
  readdirSync(`functions/${domain}`, { withFileTypes: true })
    .filter(({ name }) => existsSync(`functions/${domain}/${name}/handler.ts`))
    .map(({ name }) => [name, domain] as const),
);
const folders = functions.map(([folder]) => folder);
const bundles = new Map<string, string>();
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'signalbox-bundles-'));
  for (const [folder, domain] of functions)
    bundles.set(folder, await bundle(`functions/${domain}/${folder}/handler.ts`));
});

afterAll(() => rmSync(directory, { recursive: true }));

async function bundle(entryPoint: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'es2023',
    format: 'esm',
    minify: true,
    mainFields: ['module', 'main'],
    external: EXTERNAL,
    banner: {
      js: "import { createRequire } from 'module'; const require = createRequire(import.meta.url);",
    },
  });
  return outputFiles[0]?.text ?? '';
}

/** Writes a bundle where a program can import it. */
function write(text: string): string {
  const file = join(directory, `${randomUUID()}.mjs`);
  writeFileSync(file, text);
  return file;
}

/** Runs a program with the environment of a function, and returns the JSON that it printed last. */
function run(
  program: string,
  environment: Readonly<Record<string, string>> = FUNCTION_ENVIRONMENT,
): unknown {
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1', ...environment },
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

/** Every variable that a function reads; a number will do for texts too, but for the name of a provider. */
const FUNCTION_ENVIRONMENT: Readonly<Record<string, string>> = Object.fromEntries([
  ...readdirSync('functions', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(`functions/${file}`, 'utf8').matchAll(
        /required(Variable|Number)\('(\w+)'\)/g,
      ),
    ])
    .map(([, , name = '']) => [name, '1000'] as const),
  ['PAYMENT_PROVIDER', 'contract'],
]);

interface States {
  readonly [name: string]: TaskState;
}

interface TaskState {
  readonly Type: string;
  readonly Arguments?: { readonly FunctionName?: string };
  readonly ItemProcessor?: { readonly States: States };
  readonly Branches?: readonly { readonly States: States }[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[] }[];
}

/** Every error name of ours that a workflow matches, with the functions that may give it. */
function matchedErrors(): readonly (readonly [string, readonly string[]])[] {
  return readdirSync('statemachines', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.asl.yaml'))
    .flatMap((file) => {
      const { States: states }: { States: States } = parse(
        readFileSync(`statemachines/${file}`, 'utf8'),
      );
      return statesIn(states).flatMap(([stateName, state]) =>
        [...(state.Retry ?? []), ...(state.Catch ?? [])]
          .flatMap(({ ErrorEquals }) => ErrorEquals)
          .filter((error) => !error.includes('.'))
          .map((error) => [error, functionsOf(stateName, state)] as const),
      );
    });
}

/** The states, and those inside Maps and Parallels. */
function statesIn(states: States): readonly (readonly [string, TaskState])[] {
  return Object.entries(states).flatMap(([name, state]) => [
    [name, state] as const,
    ...statesIn(state.ItemProcessor?.States ?? {}),
    ...(state.Branches ?? []).flatMap((branch) => statesIn(branch.States)),
  ]);
}

/** A state's own function, or whoever answers its token. */
function functionsOf(stateName: string, state: TaskState): readonly string[] {
  if (stateName === 'ShipOrder') return ['ship-order'];
  if (state.Arguments?.FunctionName === '${RequestOperationApprovalFunctionArn}') {
    return ['request-operation-approval', 'decide-operation-approval'];
  }
  const name = /^\$\{(\w+)FunctionArn\}$/.exec(state.Arguments?.FunctionName ?? '')?.[1] ?? '';
  return [name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase()];
}

describe('the bundles', () => {
  test.each(functions)('%s stays within the limit of %s', (folder, domain) => {
    expect(bundles.get(folder)?.length).toBeLessThanOrEqual(MAX_BUNDLE_BYTES[domain] ?? 0);
  });

  test('load and export a handler each', () => {
    const files = folders.map((folder) => [folder, write(bundles.get(folder) ?? '')]);

    const types = run(`
      const types = {};
      for (const [folder, file] of ${JSON.stringify(files)}) types[folder] = typeof (await import(file)).handler;
      console.log(JSON.stringify(types));
    `);

    expect(types).toEqual(Object.fromEntries(folders.map((folder) => [folder, 'function'])));
  });

  test('refuse to load without a variable that they need, and name it', () => {
    const { ORDERS_TABLE: _, ...rest } = FUNCTION_ENVIRONMENT;
    const file = write(bundles.get('get-order') ?? '');

    const error = run(
      `await import('${file}').catch(({ name, message }) => console.log(JSON.stringify({ name, message })));`,
      rest,
    );

    expect(error).toEqual({
      name: 'MissingEnvironmentVariableError',
      message:
        'Cannot start: set the environment variable "ORDERS_TABLE" of this function in its template',
    });
  });

  test('throw an error under its own name from a minified handler', () => {
    const file = write(bundles.get('validate-order') ?? '');

    const name = run(`
      const { handler } = await import('${file}');
      await handler({ detail: {} }, { functionName: 'validate-order' })
        .catch(({ name }) => console.log(JSON.stringify(name)));
    `);

    expect(name).toBe('InvalidOrderError');
  });
});

describe('the error names', () => {
  test.each(['shared', 'lifecycle', 'costs', 'failover'])(
    'of every class of %s survive a minified bundle',
    async (domain) => {
      const file = write(await bundle(`functions/${domain}/errors.ts`));

      const names = run(`
      const errors = Object.entries(await import('${file}'));
      console.log(JSON.stringify(errors.map(([exported, Class]) => [exported, new Class('').name])));
    `);

      expect(names).not.toEqual([]);
      for (const [exported, name] of names as [string, string][]) expect(name).toBe(exported);
    },
  );

  test('that a workflow matches are each in the bundle of a function of that state', () => {
    const matched = matchedErrors();

    expect(matched.map(([error]) => error)).toContain('PaymentDeclinedError');
    for (const [error, functions] of matched) {
      const isThrown = functions.some((folder) => bundles.get(folder)?.includes(`"${error}"`));
      expect({ error, functions, isThrown }).toEqual({ error, functions, isThrown: true });
    }
  });
});
