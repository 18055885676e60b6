import { setTimeout as delay } from 'node:timers/promises';
import { type SpawnedRehearsal, spawnRehearsal } from '../rehearsals/spawn-rehearsal.ts';
import { type Clients, openClients } from './clients.ts';
import type { PlannedKill } from './crash-plan.ts';

/** A store, and the process that serves it: another one after each kill. */
export interface CrashStage {
  /** Begins with the kills of a run, each of a process of its own. */
  begin(kills: readonly PlannedKill[]): void;
  /**
   * Makes a call as soon as a process serves; undefined where that one was killed before the response
   * came, so that nobody knows whether the call was taken.
   */
  attempt<T>(call: (clients: Clients) => Promise<T>): Promise<T | undefined>;
  /** Makes a call again until its response comes: for what reads, or may happen twice. */
  insist<T>(call: (clients: Clients) => Promise<T>): Promise<T>;
  /** Kills what the plan has left to kill, now that nobody calls any more. */
  finishKills(): Promise<void>;
  close(): Promise<void>;
}

interface Serving {
  readonly process: SpawnedRehearsal;
  readonly clients: Clients;
}

/** Starts a process of the project in `root` on a store. */
export async function openCrashStage(root: string, store: string): Promise<CrashStage> {
  let kills: readonly PlannedKill[] = [];
  let calls = 0;
  let killing: Promise<void> | undefined;
  let serving = start();
  await serving;

  async function start(): Promise<Serving> {
    const process = await spawnRehearsal(root, '--no-scenarios', '--store', store);
    return { process, clients: await openClients(process.url) };
  }

  async function kill(delayMs: number): Promise<void> {
    const { process } = await serving;
    await delay(delayMs);
    serving = process.end('SIGKILL').then(start);
    await serving;
    calls = 0;
  }

  function killNext(): void {
    const [next, ...later] = kills;
    if (next === undefined || killing !== undefined) return;
    kills = later;
    killing = kill(next.delayMs).finally(() => {
      killing = undefined;
    });
  }

  async function attempt<T>(call: (clients: Clients) => Promise<T>): Promise<T | undefined> {
    const current = serving;
    const { clients } = await current;
    try {
      return await call(clients);
    } catch (error) {
      if (!isLost(error)) throw error;
      if (serving !== current) return undefined;
      throw new Error('The process ended by itself', { cause: error });
    } finally {
      calls += 1;
      if (calls >= (kills[0]?.calls ?? Number.POSITIVE_INFINITY)) killNext();
    }
  }

  return {
    begin(planned) {
      kills = planned;
      calls = 0;
    },
    attempt,
    async insist(call) {
      for (;;) {
        const result = await attempt(async (clients) => ({ value: await call(clients) }));
        if (result !== undefined) return result.value;
      }
    },
    async finishKills() {
      await killing;
      for (killNext(); killing !== undefined; killNext()) await killing;
    },
    async close() {
      await killing;
      await (await serving).process.end('SIGKILL');
    },
  };
}

/** How Node.js and the SDK say that a connection ended; jest's errors are not of their class. */
const NO_RESPONSE =
  /ECONNRESET|ECONNREFUSED|EPIPE|UND_ERR_|TimeoutError|socket hang up|fetch failed|^(aborted|terminated)$/;

/** Whether no response came, unlike a refusal of the service. */
function isLost(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const texts = ['code' in error && error.code, 'name' in error && error.name];
  const message = 'message' in error && error.message;
  return [...texts, message].some((text) => typeof text === 'string' && NO_RESPONSE.test(text));
}
