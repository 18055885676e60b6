import type { EventStream } from './event-stream.ts';
import type { ExecutionChanges } from './execution-changes.ts';

/** Tells that executions have begun or changed, and not which: whoever shows other things looks again. */
export function followChanges(stream: EventStream, changes: ExecutionChanges): void {
  let count = 0;
  stream.onClose(changes.all(() => stream.send('changed', '{}', String(++count))));
}
