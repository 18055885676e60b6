import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../core/json.ts';
import { problemText } from '../core/result.ts';
import { createBranch } from '../history/branch.ts';
import type { HistoryEvent } from '../history/history-event.ts';
import { parseStateMachine } from './parse/parse-state-machine.ts';
import type { Ports } from './ports.ts';
import { runStateMachine } from './run-state-machine.ts';
import { DEFINITIONS } from './test-definitions.ts';

function portsOf(events: HistoryEvent[]): Ports {
  let nowMs = 0;
  const now = (): Date => new Date(nowMs);
  const sleep = async (delayMs: number): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    nowMs += delayMs;
  };
  const unused = (): never => {
    throw new Error('Not a part of these machines');
  };
  return {
    now,
    sleep,
    deadline: sleep,
    random: () => 0,
    uuid: unused,
    taskToken: unused,
    async invoke({ parameters }) {
      const asked = JSON.stringify(parameters);
      if (asked.includes('hang')) return new Promise(() => undefined);
      if (asked.includes('fail')) return { kind: 'failed', error: 'Broken', cause: undefined };
      return { kind: 'succeeded', output: {} };
    },
    awaitToken: unused,
    awaitJob: unused,
    hasActivity: () => true,
    performActivity: unused,
    startMapRun: unused,
    history: createBranch({ now, append: (event) => events.push(event) }),
    context: { Execution: { Id: 'arn:aws:states:us-east-1:1:execution:m:e' } },
  };
}

async function historyOf(definition: JsonObject, input: Json): Promise<readonly HistoryEvent[]> {
  const parsed = parseStateMachine(definition);
  if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('; '));
  const events: HistoryEvent[] = [];
  await runStateMachine(parsed.value, input, portsOf(events), new AbortController().signal);
  return events;
}

const INPUTS = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));
const TERMINAL = /^Execution(Succeeded|Failed|TimedOut)$/;

describe('runStateMachine()', () => {
  test('ends every machine, with a well-formed history', async () => {
    await fc.assert(
      fc.asyncProperty(DEFINITIONS, INPUTS, async (definition, input) => {
        const events = await historyOf(definition, input);
        const types = events.map(({ type }) => type);

        expect(events.map(({ id }) => id)).toEqual(events.map((_, at) => at + 1));
        expect(events.filter(({ id, previousEventId }) => previousEventId >= id)).toEqual([]);
        expect(types.filter((type) => TERMINAL.test(type))).toEqual([types.at(-1)]);
      }),
      { numRuns: 150 },
    );
  });

  test('leaves every state that it entered, where the execution succeeds', async () => {
    await fc.assert(
      fc.asyncProperty(DEFINITIONS, INPUTS, async (definition, input) => {
        const events = await historyOf(definition, input);
        if (events.at(-1)?.type !== 'ExecutionSucceeded') return;
        const count = (end: string): number =>
          events.filter(({ type }) => type.endsWith(end)).length;

        const leftOtherwise =
          count('StateAborted') + events.filter(({ type }) => type === 'FailStateEntered').length;
        expect(count('StateExited')).toBeGreaterThanOrEqual(
          count('StateEntered') - leftOtherwise - count('Failed') - count('TimedOut'),
        );
      }),
      { numRuns: 100 },
    );
  });
});
