import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Clients } from '../clients.ts';
import { answeringClients, runWith } from '../test-clients.ts';
import type { FunctionAnswer, FunctionQuestion } from './ask-function.ts';
import { lambdaFunction } from './lambda-function.ts';

const step = { kind: 'lambda-function', function: 'warm-up', input: { pages: 3 } };
const decision = {};
const questions: FunctionQuestion[] = [];
let status: FunctionAnswer['status'];

beforeEach(() => {
  questions.length = 0;
  status = 'ready';
});

const clients: Clients = {
  ...answeringClients({}).clients,
  askFunction: async (_, question) => {
    questions.push(question);
    return { status, detail: '', requestId: 'r-1' };
  },
};
const run = runWith(clients);
const look = () => lambdaFunction.stateOf(step, run, 'judge');

describe('lambdaFunction', () => {
  test('looks, and acts where the function has not acted yet', async () => {
    const [call] = lambdaFunction.callsFor(step, decision, await look(), run);
    const requestId = await lambdaFunction.perform(call!, run);

    expect(call).toEqual({
      service: 'lambda',
      action: 'Invoke',
      region: 'us-east-1',
      parameters: { FunctionName: 'warm-up', Payload: { phase: 'act', input: { pages: 3 } } },
    });
    expect(requestId).toBe('r-1');
    const about = {
      failoverId: 'fo-1',
      region: 'us-east-1',
      mode: 'graceful',
      input: { pages: 3 },
    };
    expect(questions).toEqual([
      { phase: 'look', ...about },
      { phase: 'act', ...about },
    ]);
  });

  test.each(['pending', 'done', 'failed'] as const)(
    'acts no more where it is %s',
    async (answered) => {
      status = answered;

      expect(lambdaFunction.callsFor(step, decision, await look(), run)).toEqual([]);
    },
  );

  test('is done, and fails, when the function says so', async () => {
    const progress = async (answered: typeof status) => {
      status = answered;
      return lambdaFunction.progress(step, decision, await look()).status;
    };

    expect(await progress('ready')).toBe('pending');
    expect(await progress('pending')).toBe('pending');
    expect(await progress('done')).toBe('done');
    expect(await progress('failed')).toBe('failed');
  });

  test('keeps a run from acting where the function says beforehand that it cannot', async () => {
    status = 'failed';

    expect(lambdaFunction.judge(step, await look(), run).checks).toEqual([
      { name: 'function-ready', ok: false, level: 'required', detail: 'failed' },
    ]);
  });

  test('is undone by the function, where the plan lets it, and has something to undo', async () => {
    const before = await look();
    const kindOf = async (given: object) =>
      lambdaFunction.reversal(given, decision, before, await look(), run).kind;

    expect(await kindOf({ ...step, undo: 'call' })).toBe('undone');
    status = 'done';
    expect(await kindOf({ ...step, undo: 'call' })).toBe('calls');
    expect(await kindOf(step)).toBe('kept');
  });
});
