import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import type { CallRecord } from '../../packages/signalbox/src/endpoint/registry.ts';
import { isMutating } from '../../packages/signalbox/src/scenarios/call-log.ts';
import { targetsOfCall } from './call-targets.ts';
import { isPerson } from './is-person.ts';
import type { Fact } from './oracle/observation.ts';

/** The physical names that tell the calls apart. */
export interface JournalNames {
  readonly failoversTable: string;
  readonly locksTable: string;
  readonly ownBuckets: readonly string[];
  readonly region: string;
}

/** Notes what services are called for, in the order in which the calls end. */
export interface Journal {
  readonly onCall: (call: CallRecord) => void;
  /** The number of calls since the beginning. */
  count(): number;
  /** Forgets everything, and counts from 0. */
  begin(names: JournalNames): void;
  note(fact: Unnumbered): void;
  facts(): readonly Fact[];
  /** Does something as soon as so many calls have ended; once, and not after the next beginning. */
  after(calls: number, act: () => void): void;
}

type Unnumbered = Fact extends infer One ? (One extends Fact ? Omit<One, 'index'> : never) : never;

type Change = Extract<Fact, { kind: 'change' }>;

/** Makes a journal in which nothing stands; `isLostAnswer` recognises errors of calls that were made all the same. */
export function createJournal(isLostAnswer: (error: unknown) => boolean): Journal {
  let names: JournalNames | undefined;
  let count = 0;
  let facts: Fact[] = [];
  /** Whose a trace is: each invocation of a function has one of its own, and names its lock's holder. */
  const holders = new Map<string, string>();
  const traces = new Map<Fact, string>();
  const waiting: { readonly calls: number; readonly act: () => void }[] = [];

  function take(call: CallRecord): void {
    if (names === undefined) return;
    count += 1;
    const trace = /Root=([^;]+)/.exec(call.caller.traceHeader ?? '')?.[1] ?? '';
    const holder = call.service === 'dynamodb' ? holderIn(call.input) : undefined;
    if (holder !== undefined && trace !== '') holders.set(trace, holder);
    const isMade = call.error === undefined || isLostAnswer(call.error);
    for (const fact of factsOfCall(call, names, count, isMade)) {
      facts.push(fact);
      traces.set(fact, trace);
    }
    for (const one of waiting.filter(({ calls }) => calls <= count)) {
      waiting.splice(waiting.indexOf(one), 1);
      one.act();
    }
  }

  return {
    onCall: take,
    count: () => count,
    begin(given) {
      names = given;
      count = 0;
      facts = [];
      holders.clear();
      traces.clear();
      waiting.length = 0;
    },
    note: (fact) => void facts.push({ ...fact, index: count + 0.5 }),
    facts: () =>
      facts.map((fact) =>
        fact.kind === 'change'
          ? { ...fact, executionArn: holders.get(traces.get(fact) ?? '') }
          : fact,
      ),
    after: (calls, act) => void waiting.push({ calls, act }),
  };
}

function factsOfCall(
  call: CallRecord,
  names: JournalNames,
  index: number,
  isMade: boolean,
): readonly Fact[] {
  const { service, action, input } = call;
  if (isMutating(call, names.ownBuckets) && isFromFunction(call)) {
    return [changeOf(call, names.region, index)];
  }
  if (!isMade) return [];
  if (service === 'dynamodb') return entriesOfCall(action, input, names, index);
  if (service === 'lambda' && action === 'Invoke') return functionsOfCall(input, index);
  if (service === 'states' && action === 'StopExecution') {
    return [{ kind: 'stopped', index, executionArn: textAt(input, 'executionArn') ?? '' }];
  }
  return [];
}

/** A change by the test itself is no failover's. */
function isFromFunction({ caller }: CallRecord): boolean {
  return !isPerson(caller);
}

function changeOf({ service, action, input, caller }: CallRecord, region: string, index: number) {
  return {
    kind: 'change',
    index,
    call: `${service}:${action}`,
    targets: targetsOfCall(service, input, caller.region ?? region),
    executionArn: undefined,
  } satisfies Change;
}

function entriesOfCall(
  action: string,
  input: object,
  { failoversTable }: JournalNames,
  index: number,
): readonly Fact[] {
  const puts =
    action === 'PutItem'
      ? [input]
      : action === 'TransactWriteItems'
        ? listAt(input, 'TransactItems').flatMap((item) => fieldOf(item, 'Put') ?? [])
        : [];
  return puts.flatMap((put) => {
    if (fieldOf(put, 'TableName') !== failoversTable) return [];
    const item = fieldOf(put, 'Item');
    const failoverId = attributeAt(item, 'failoverId');
    const entryId = attributeAt(item, 'entryId');
    return failoverId === undefined || entryId === undefined
      ? []
      : [{ kind: 'entry', index, failoverId, entryId } as const];
  });
}

function functionsOfCall(input: object, index: number): readonly Fact[] {
  const name = /(CheckStep|StartStep|UndoStep|CloseFailover|RequestOperationApproval)Function/.exec(
    textAt(input, 'FunctionName') ?? '',
  )?.[1];
  if (name === undefined) return [];
  const payload = payloadOf(fieldOf(input, 'Payload'));
  const failover = payload['failover'];
  const failoverId =
    (isJsonObject(failover) ? failover['failoverId'] : undefined) ??
    payload['failoverId'] ??
    payload['approvalId'];
  if (typeof failoverId !== 'string') return [];
  const { outcome } = payload;
  return [
    {
      kind: 'function',
      index,
      name,
      failoverId,
      outcome: typeof outcome === 'string' ? outcome : undefined,
    },
  ];
}

function payloadOf(payload: unknown): JsonObject {
  const text =
    payload instanceof Uint8Array
      ? new TextDecoder().decode(payload)
      : typeof payload === 'string'
        ? payload
        : JSON.stringify(payload ?? null);
  const parsed: Json = JSON.parse(text);
  return isJsonObject(parsed) ? parsed : {};
}

/** The holder whose lock is renewed, freed or asked after. */
function holderIn(input: object): string | undefined {
  return attributeAt(fieldOf(input, 'ExpressionAttributeValues'), ':holder');
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function textAt(value: unknown, key: string): string | undefined {
  const text = fieldOf(value, key);
  return typeof text === 'string' ? text : undefined;
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? list : [];
}

/** A string attribute of DynamoDB's. */
function attributeAt(value: unknown, key: string): string | undefined {
  return textAt(fieldOf(value, key), 'S');
}
