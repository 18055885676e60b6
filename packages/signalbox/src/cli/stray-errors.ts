import { bugText } from '../core/bugs/bug-text.ts';

/** The process, as far as it notifies of errors that nobody caught. */
type Emitter = Pick<NodeJS.EventEmitter, 'on' | 'off'>;

const EVENTS = ['unhandledRejection', 'uncaughtException'] as const;

/**
 * Reports errors that nobody caught, so that one mistake of ours does not end what everybody else
 * has under way.
 * @param say Takes the report.
 * @param emitter The process.
 * @returns What ends it.
 */
export function reportStrayErrors(say: (text: string) => void, emitter: Emitter): () => void {
  const report = (error: unknown): void => say(bugText(error));
  for (const event of EVENTS) emitter.on(event, report);
  return () => {
    for (const event of EVENTS) emitter.off(event, report);
  };
}
