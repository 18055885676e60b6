import type { Colour } from './colour.ts';

const GOOD = /^(SUCCEEDED|OK|COMPLETED|ENABLED|yes|delivered)$|Succeeded$/;
const BAD =
  /^(FAILED|TIMED_OUT|ABORTED|ALARM|CANCELLED|no|dead-lettered|dropped)$|(Failed|TimedOut|Aborted)$/;
const PENDING = /^(RUNNING|PENDING_REDRIVE)$/;
const QUIET = /^(INSUFFICIENT_DATA|DISABLED|-)$/;

/** Colours a cell that is a status as AWS or the rehearsal writes it; any other text stays as it is. */
export function paintStatus(cell: string, colour: Colour): string {
  if (GOOD.test(cell)) return colour.ok(cell);
  if (BAD.test(cell)) return colour.bad(cell);
  if (PENDING.test(cell)) return colour.bold(cell);
  return QUIET.test(cell) ? colour.dim(cell) : cell;
}
