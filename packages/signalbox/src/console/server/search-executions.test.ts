import { describe, expect, test } from '@jest/globals';
import type { EventStream } from './event-stream.ts';
import { holds, searchExecutions } from './search-executions.ts';

const EVENT =
  '{"id":"e-1","source":"shop.orders","detail-type":"OrderPlaced","detail":{"orderId":"A-7"}}';

describe('holds()', () => {
  const execution = {
    name: 'one',
    input: EVENT,
    output: '{"ok":true}',
    error: 'Late',
    cause: 'By 5 s',
  };

  test.each([
    ['input', ':', 'a-7', true],
    ['input', '!:', 'a-7', false],
    ['output', '=', '{"OK":true}', true],
    ['output', '!=', '{}', true],
    ['error', ':', 'by 5', true],
    ['error', '=', 'Late', false],
    ['trigger', ':', 'event shop.orders OrderPlaced', true],
    ['trigger', '=', 'call', false],
  ] as const)('%s%s%s is %s', (name, operator, value, isHeld) => {
    expect(holds(execution, { name, operator, value })).toBe(isHeld);
  });

  test.each([
    [{ input: '{}' }, 'call'],
    [{ input: '3' }, 'call'],
    [{ input: '{}', mapRunArn: 'arn:run' }, 'map-run arn:run'],
    [{ input: '{}', name: 'fork-of-one-abc123' }, 'fork one'],
    [{ input: '{"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID":"arn:x"}' }, 'execution arn:x'],
    [{ input: '{}', stateMachineAliasArn: 'arn:live' }, 'call arn:live'],
  ])('%j was started by %s', (given, trigger) => {
    expect(holds(given, { name: 'trigger', operator: '=', value: trigger })).toBe(true);
  });
});

describe('searchExecutions()', () => {
  const outputs: Record<string, string> = { a: 'red', b: 'green', c: 'red and green' };
  const call = async (_service: string, action: string, input: object) => {
    if (action === 'ListStateMachines') {
      return { stateMachines: [{ stateMachineArn: 'm', type: 'STANDARD' }] };
    }
    if (action === 'ListExecutions') {
      return { executions: Object.keys(outputs).map((executionArn) => ({ executionArn })) };
    }
    const arn = 'executionArn' in input ? String(input.executionArn) : '';
    return { executionArn: arn, output: outputs[arn] };
  };

  test('sends what fits, and what fits no more once it has changed', async () => {
    const sent: unknown[] = [];
    let change: (arns: readonly string[]) => void = () => undefined;
    let saw: () => void = () => undefined;
    const stream: EventStream = {
      isOpen: true,
      onClose: () => undefined,
      turn: async () => undefined,
      send(name, data) {
        sent.push([name, JSON.parse(data)]);
        saw();
      },
    };
    const changes = {
      of: () => () => undefined,
      all(listener: (arns: readonly string[]) => void) {
        change = listener;
        return () => undefined;
      },
    };

    await searchExecutions(stream, {
      ...{ call, changes, includesExpress: false, perMachine: 10, atOnce: 2 },
      conditions: [{ name: 'output', operator: ':', value: 'RED' }],
    });
    outputs['a'] = 'blue';
    const seen = new Promise<void>((resolve) => {
      saw = resolve;
    });
    change(['a', 'c']);
    await seen;

    expect(sent).toEqual([
      ['found', { found: ['a', 'c'], lost: [], looked: 3 }],
      ['searched', {}],
      ['found', { found: ['c'], lost: ['a'], looked: 3 }],
    ]);
  });
});
