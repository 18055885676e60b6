import type { ClientOptions } from '../packages/signalbox/src/core/client-options.ts';
import { invalid } from '../packages/signalbox/src/core/user-error.ts';
import { readApp } from '../packages/signalbox/src/runtime/read-app.ts';
import type { App } from '../packages/signalbox/src/template/app.ts';
import { type SpawnedRehearsal, spawnRehearsal } from './spawn-rehearsal.ts';

/** A project's rehearsal in a process of its own, and how a benchmark reaches it. */
export interface OpenedBench {
  readonly app: App;
  readonly rehearsal: SpawnedRehearsal;
  readonly client: ClientOptions;
}

/** Starts the rehearsal of a project for a benchmark. @throws {UserError} `invalid` for its template. */
export async function openBench(root: string): Promise<OpenedBench> {
  const app = readApp(root, 'http://127.0.0.1:0');
  if (!app.ok) throw invalid(app.problems);
  const rehearsal = await spawnRehearsal(root);
  const client: ClientOptions = {
    endpoint: rehearsal.url,
    region: app.value.region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  };
  return { app: app.value, rehearsal, client };
}
