import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchRow } from '../packages/signalbox/benchmarks/bench-row.ts';
import { median } from '../packages/signalbox/benchmarks/median.ts';
import { invalid } from '../packages/signalbox/src/core/user-error.ts';
import { createLambdaHost } from '../packages/signalbox/src/lambda/host.ts';
import { readApp } from '../packages/signalbox/src/runtime/read-app.ts';

const BUNDLE_KB = 300;
/** On a quiet machine. */
const IMPORT_MS = 40;
const RUNS = 3;

/** Weighs every function's bundle and times its import in a process of its own. */
export async function runBundlesBench(root: string): Promise<readonly BenchRow[]> {
  const app = readApp(root, 'http://127.0.0.1:4700');
  if (!app.ok) throw invalid(app.problems);
  const { functions, region } = app.value;
  const host = createLambdaHost({
    root,
    region,
    functions: () => functions,
    endpointUrl: () => 'http://127.0.0.1:4700',
    credentialsFor: () => ({ accessKeyId: '', secretAccessKey: '', sessionToken: '' }),
    onLog: () => {},
    now: () => new Date(),
  });
  const problems = await host.reload();
  await host.close();
  if (problems.length > 0) throw invalid(problems);
  return functions.flatMap(({ path, environment }) => {
    const directory = join(root, '.signalbox', 'functions', path);
    const bundle = join(directory, readdirSync(directory).find(isBundle) ?? '');
    const kB = statSync(bundle).size / 1000;
    const ms = importMs(bundle, environment);
    return [
      { name: `bundle of ${path}`, value: kB, unit: 'kB', atMost: BUNDLE_KB },
      { name: `import of ${path}`, value: ms, unit: 'ms', atMost: IMPORT_MS },
    ];
  });
}

function isBundle(file: string): boolean {
  return /\.m?js$/.test(file);
}

function importMs(bundle: string, environment: Readonly<Record<string, string>>): number {
  const code = `const t = performance.now(); await import(${JSON.stringify(bundle)}); console.log(performance.now() - t)`;
  const run = () =>
    execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      env: {
        ...environment,
        NODE_OPTIONS: '',
        AWS_REGION: 'us-east-1',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
      encoding: 'utf8',
    });
  return median(Array.from({ length: RUNS }, () => Number(run().trim().split('\n').at(-1))));
}
