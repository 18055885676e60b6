import type {
  FilteredLogEvent,
  FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { useRef } from 'react';
import { allPages } from '../../../../core/all-pages.ts';
import { callAws } from '../../api/call.ts';
import { type Answer, useAnswer } from '../../api/use-answer.ts';
import { useSurroundings } from '../../app/place-context.tsx';
import { placeNow } from '../../app/place-time.ts';
import type { OwnLine } from './invocations.ts';

const HOUR_MS = 3_600_000;
/** Lines may come later than others that were written after them. */
const MARGIN_MS = 5_000;
const KEPT = 2_000;
const EVERY_MS = 3_000;

/** Follows the log of a function: the newest lines, the oldest of them first. */
export function useFunctionLog(group: string, name: string): Answer<readonly OwnLine[]> {
  const { kind } = useSurroundings();
  const known = useRef<ReadonlyMap<string, OwnLine>>(new Map());
  return useAnswer(
    `log ${group} ${name}`,
    async () => {
      const last = [...known.current.values()].at(-1);
      // All that a rehearsal keeps, since its time is another one.
      const first = kind === 'account' ? placeNow() - HOUR_MS : undefined;
      const startTime = last === undefined ? first : last.atMs - MARGIN_MS;
      const fresh = (await eventsSince(group, startTime)).filter((one) => isOwn(one, name));
      known.current = merged(known.current, fresh);
      return [...known.current.values()];
    },
    EVERY_MS,
  );
}

function eventsSince(
  logGroupName: string,
  startTime: number | undefined,
): Promise<readonly FilteredLogEvent[]> {
  return allPages(
    (nextToken) =>
      callAws<Partial<FilterLogEventsCommandOutput>>('logs', 'FilterLogEvents', {
        ...{ logGroupName, startTime, nextToken },
      }),
    ({ events, nextToken }) => ({ items: events, next: nextToken }),
  );
}

/** A group may hold the logs of several functions; the streams say whose they are. */
function isOwn({ logStreamName = '' }: FilteredLogEvent, name: string): boolean {
  return !/\/[\w-]+\[/.test(logStreamName) || logStreamName.includes(`/${name}[`);
}

function merged(
  known: ReadonlyMap<string, OwnLine>,
  fresh: readonly FilteredLogEvent[],
): ReadonlyMap<string, OwnLine> {
  const all = new Map(known);
  for (const { timestamp = 0, message = '', eventId = '' } of fresh) {
    all.set(eventId, { key: eventId, atMs: timestamp, message });
  }
  const sorted = [...all].toSorted(([, a], [, b]) => a.atMs - b.atMs);
  return new Map(sorted.slice(-KEPT));
}
