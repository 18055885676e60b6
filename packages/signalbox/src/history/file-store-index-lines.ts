import fs from 'node:fs';
import type { Problem } from '../core/result.ts';
import type { FoldedExecution, HeaderGroup } from './file-store-entry.ts';

/** An execution that has ended, as the index has it. */
export interface IndexedExecution {
  readonly number: number;
  readonly folded: FoldedExecution;
  readonly runs: readonly number[];
}

/** What an index says of the executions that had ended. */
export interface FoundIndex {
  /** By their numbers. */
  readonly ended: ReadonlyMap<number, IndexedExecution>;
  /** Where the lines stand of those that had not ended, as far as the index has it. */
  readonly open: ReadonlyMap<number, readonly number[]>;
  /** The segment before which no other lines are of any that had not ended. */
  readonly from: number;
  /** Whether an execution is kept no longer. */
  readonly isForgotten: (number: number) => boolean;
  /** Set where a line could not be read: the index is made anew from the histories. */
  readonly problem: Problem | undefined;
  /** The highest number that it names. */
  readonly lastNumber: number;
  readonly lines: number;
  readonly bytes: number;
}

/** A line of an index. */
export type IndexLine =
  | readonly ['group', number, HeaderGroup]
  | readonly ['end', number, number, ...EndFields]
  | readonly ['open', number, runs: readonly number[]]
  | readonly ['from', segment: number]
  | readonly ['forget', number]
  /** Of the executions before this number, those that no line names are forgotten. */
  | readonly ['below', number];

type EndFields = readonly [
  name: string,
  startDate: string,
  startedAt: string | null,
  stoppedAt: string | null,
  status: FoldedExecution['status'],
  eventCount: number,
  runs: readonly number[],
  more: Pick<FoldedExecution, 'error' | 'traceHeader' | 'redriveCount' | 'redrivenAt'> | null,
];

/** Reads the index of a folder; there is none at first. */
export function readIndex(file: string): FoundIndex {
  const nothing: Omit<FoundIndex, 'problem'> = {
    ...{ ended: new Map(), open: new Map(), from: 0, lastNumber: 0, lines: 0, bytes: 0 },
    isForgotten: () => false,
  };
  if (!fs.existsSync(file)) return { ...nothing, problem: undefined };
  const bytes = fs.readFileSync(file);
  const end = bytes.lastIndexOf(10) + 1;
  const found = createFound();
  let lines = 0;
  for (let from = 0; from < end; lines += 1) {
    const next = bytes.indexOf(10, from) + 1;
    const line = readLine(bytes.toString('utf8', from, next));
    if (line === undefined || !take(line, found)) {
      const message = 'This line cannot be read: the index is made anew from the histories';
      return { ...nothing, problem: { file, line: lines + 1, message } };
    }
    from = next;
  }
  const { ended, forgotten, open } = found;
  const isForgotten = (number: number): boolean =>
    forgotten.has(number) || (number < found.below && !ended.has(number) && !open.has(number));
  const { from, lastNumber } = found;
  return { ended, open, from, lastNumber, isForgotten, problem: undefined, lines, bytes: end };
}

function createFound() {
  return {
    ended: new Map<number, IndexedExecution>(),
    open: new Map<number, readonly number[]>(),
    from: 0,
    forgotten: new Set<number>(),
    groups: new Map<number, HeaderGroup>(),
    below: 0,
    lastNumber: 0,
  };
}

function readLine(text: string): IndexLine | undefined {
  try {
    const line = JSON.parse(text);
    const typed: IndexLine = line;
    return Array.isArray(line) && typeof line[1] === 'number' ? typed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Takes a line into what was found; returns whether it is one. */
function take(line: IndexLine, found: ReturnType<typeof createFound>): boolean {
  switch (line[0]) {
    case 'group':
      found.groups.set(line[1], line[2]);
      return true;
    case 'open':
      found.lastNumber = Math.max(found.lastNumber, line[1]);
      found.ended.delete(line[1]);
      found.open.set(line[1], line[2]);
      return Array.isArray(line[2]);
    case 'from':
      found.from = line[1];
      return true;
    case 'forget':
      found.ended.delete(line[1]);
      found.open.delete(line[1]);
      found.forgotten.add(line[1]);
      return true;
    case 'below':
      found.below = line[1];
      found.lastNumber = Math.max(found.lastNumber, line[1] - 1);
      return true;
    case 'end': {
      const [, number, groupNumber, ...fields] = line;
      const group = found.groups.get(groupNumber);
      if (group === undefined || !Array.isArray(fields[6])) return false;
      found.lastNumber = Math.max(found.lastNumber, number);
      found.open.delete(number);
      found.ended.set(number, { number, folded: foldedOf(group, fields), runs: fields[6] });
      return true;
    }
    default:
      return false;
  }
}

function foldedOf(group: HeaderGroup, fields: EndFields): FoldedExecution {
  const [name, startDate, startedAt, stoppedAt, status, eventCount, , more] = fields;
  return {
    executionArn: `${group.arnPrefix}${name}`,
    name,
    startDate,
    traceHeader: more?.traceHeader,
    startedAt: startedAt ?? undefined,
    stoppedAt: stoppedAt ?? undefined,
    status,
    error: more?.error,
    redriveCount: more?.redriveCount ?? 0,
    redrivenAt: more?.redrivenAt,
    eventCount,
    group,
  };
}

/** The line of an execution that has ended. */
export function endLine(
  number: number,
  group: number,
  folded: FoldedExecution,
  runs: readonly number[],
): IndexLine {
  const { name, startDate, startedAt, stoppedAt, status, eventCount } = folded;
  const { error, traceHeader, redriveCount, redrivenAt } = folded;
  const isPlain = error === undefined && traceHeader === undefined && redriveCount === 0;
  const more = isPlain ? null : { error, traceHeader, redriveCount, redrivenAt };
  const times = [startedAt ?? null, stoppedAt ?? null] as const;
  return ['end', number, group, name, startDate, ...times, status, eventCount, runs, more];
}
