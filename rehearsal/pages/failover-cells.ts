import { durationText, type PageCell } from 'signalbox';
import { isFailed } from '../../functions/failover/failover-outcome.ts';
import type { ClosingRecord } from '../../functions/failover/report/record.ts';

/** The end of a run, or that it goes on. */
export function outcomeCell(closed: ClosingRecord | undefined): PageCell {
  if (closed === undefined) return { text: 'Running', state: 'in-progress' };
  const { outcome, breaches } = closed;
  if (isFailed(outcome)) return { text: outcome, state: 'error' };
  if (outcome !== 'completed') {
    return { text: outcome, state: outcome === 'dry-run' ? 'info' : 'stopped' };
  }
  return breaches.length === 0
    ? { text: outcome, state: 'success' }
    : { text: `${outcome}, ${breaches.join(' and ')} missed`, state: 'warning' };
}

/** A measured time against its objective. */
export function secondsCell(
  measured: number | null | undefined,
  objective: number | undefined,
): PageCell {
  const goal = objective === undefined ? '' : ` of ${durationText(objective * 1_000)}`;
  if (measured === null || measured === undefined) return `–${goal}`;
  const text = `${durationText(measured * 1_000)}${goal}`;
  if (objective === undefined) return text;
  return { text, state: measured <= objective ? 'success' : 'error' };
}
