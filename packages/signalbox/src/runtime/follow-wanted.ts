import type { Polling } from '../core/keep-polling.ts';

/** What polls, as the template wants it. */
export interface WantedPollings {
  /**
   * Stops what is no longer wanted, then starts what is new.
   * @param wanted How each is started, by a key that changes with all that it is made of.
   */
  follow(wanted: ReadonlyMap<string, () => Polling>): Promise<void>;
  stop(): Promise<void>;
}

/** Follows what is wanted; nothing runs yet. */
export function followWanted(): WantedPollings {
  const running = new Map<string, Polling>();

  async function stopAllBut(wanted: { has(key: string): boolean }): Promise<void> {
    const gone = [...running].filter(([key]) => !wanted.has(key));
    for (const [key] of gone) running.delete(key);
    await Promise.all(gone.map(([, polling]) => polling.stop()));
  }

  return {
    async follow(wanted) {
      await stopAllBut(wanted);
      for (const [key, start] of wanted) {
        if (!running.has(key)) running.set(key, start());
      }
    },
    stop: () => stopAllBut(new Set()),
  };
}
