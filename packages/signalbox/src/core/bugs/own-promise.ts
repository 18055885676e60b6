/** Takes what we got wrong: it is reported, and ends nothing. */
export type OnBug = (bug: unknown) => void;

/**
 * Takes charge of work that nobody waits for: where it fails, that is a bug to report, and the
 * process goes on. Every promise that is not awaited goes through here.
 * @param work The work under way.
 * @param onBug Takes the reason for which it failed.
 * @returns What resolves when the work has ended either way.
 * @example
 * ownPromise(bus.publish(event), onBug);
 */
export function ownPromise(work: Promise<unknown>, onBug: OnBug): Promise<void> {
  return work.then(() => undefined, onBug);
}
