import type { Json, JsonObject } from '../../src/core/json.ts';
import { isJsonObject } from '../../src/core/json.ts';
import { createSkippingClock } from '../../src/core/skipping-clock.ts';
import { AMAZON_STATES_LANGUAGE } from '../../src/executions/amazon-states-language.ts';
import { createExecutions, type Executions } from '../../src/executions/executions.ts';
import { createMemoryStore } from '../../src/history/memory-store.ts';
import { outputShapes } from '../../src/runtime/output-shapes.ts';
import type { RecordedCase } from './recorded-case.ts';

/** Calls an action of the Step Functions API by its recorded name, such as `create_state_machine`. */
export type CallApi = (op: string, args: object) => Promise<object>;

const CALLER = { arn: 'arn:aws:iam::111111111111:root' };
const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

/** The Step Functions API, and the moment when an execution has ended. */
export interface RecordedApi {
  readonly call: CallApi;
  readonly ended: Executions['ended'];
}

/** What happens where a recording says nothing. */
export interface ApiOptions {
  /** The refusal of a service that has no recorded response. */
  readonly unanswered?: (service: string, action: string) => Error;
  readonly onBug?: (bug: unknown) => void;
}

function thrown(bug: unknown): never {
  throw bug;
}

/** Serves the Step Functions API as the recordings' account had it. */
export function recordedApi(
  recorded: Pick<RecordedCase, 'answers' | 'expectedTestState'>,
  { unanswered = notRecorded, onBug = thrown }: ApiOptions = {},
): RecordedApi {
  let serial = 0;
  const functions = new Map(
    Object.entries(recorded.answers ?? {}).map(([name, responses]) => [name, [...responses]]),
  );
  const { service, ended } = createExecutions({
    region: 'us-east-1',
    accountId: '111111111111',
    clock: createSkippingClock({
      realNow: () => START_MS,
      setTimer: () => ({ cancel: () => undefined }),
    }),
    store: createMemoryStore(),
    call: async (name, action, input) => {
      if (name === 'lambda' && action === 'Invoke') {
        const functionName = 'FunctionName' in input ? String(input.FunctionName) : '';
        const response = functions.get(functionName)?.shift();
        return response === undefined ? invoked(recorded) : functionResponse(response);
      }
      throw unanswered(name, action);
    },
    serves: () => true,
    random: () => 0.5,
    uuid: () => {
      serial += 1;
      return `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
    },
    publish: () => undefined,
    onBug,
    interpreter: AMAZON_STATES_LANGUAGE,
    outputShapes: outputShapes((name) => CLIENTS.get(name)),
  });
  const call: CallApi = async (op, args) => {
    const action = service.actions[actionOf(op)];
    if (action === undefined) throw new RangeError(`Cannot call ${op}: not served`);
    return action(args, CALLER);
  };
  return { call, ended };
}

function notRecorded(service: string, action: string): Error {
  return new RangeError(`Cannot call ${service}:${action}: the recording has no response`);
}

/** Returns Lambda's response for a function that returns or throws as a case says. */
function functionResponse({ Return: returned, Throw: thrown }: JsonObject): object {
  if (!isJsonObject(thrown)) return { StatusCode: 200, Payload: bytesOf(returned ?? null) };
  const payload = { errorType: thrown['Error'] ?? '', errorMessage: thrown['Cause'] ?? '' };
  return { StatusCode: 200, FunctionError: 'Unhandled', Payload: bytesOf(payload) };
}

function bytesOf(value: Json): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The SDK clients whose schemas mocks are held against. */
const CLIENTS: ReadonlyMap<string, string> = new Map([
  ['dynamodb', '@aws-sdk/client-dynamodb'],
  ['events', '@aws-sdk/client-eventbridge'],
  ['lambda', '@aws-sdk/client-lambda'],
  ['s3', '@aws-sdk/client-s3'],
  ['secretsmanager', '@aws-sdk/client-secrets-manager'],
  ['sns', '@aws-sdk/client-sns'],
  ['sqs', '@aws-sdk/client-sqs'],
  ['states', '@aws-sdk/client-sfn'],
]);

/** Returns Lambda's response with the state's output, which is the result of its function. */
function invoked({ expectedTestState }: Pick<RecordedCase, 'expectedTestState'>): object {
  const output = expectedTestState?.['output'] ?? null;
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  return { StatusCode: 200, Payload: new TextEncoder().encode(text) };
}

/** `stepfunctions.create_state_machine` → `CreateStateMachine`. */
export function actionOf(op: string): string {
  return op
    .replace(/^stepfunctions\./, '')
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

const PASS = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } };

/** Creates what a recorded call found in place, as far as its arguments and its refusal show. */
export async function prepareApi(call: CallApi, { args = {}, ...rest }: RecordedCase) {
  const arn = args['stateMachineArn'];
  if (typeof arn === 'string') {
    const [name = '', version] = arn.split(':stateMachine:')[1]?.split(':') ?? [];
    await create(call, name, version !== undefined);
  }
  const { expectedException: refusal } = rest;
  if (isJsonObject(refusal) && codeOf(refusal) === 'StateMachineAlreadyExists') {
    await create(call, String(args['name']), false);
  }
}

async function create(call: CallApi, name: string, publish: boolean): Promise<void> {
  await call('create_state_machine', {
    name,
    publish,
    definition: JSON.stringify(PASS),
    roleArn: 'arn:aws:iam::111111111111:role/prepared',
    type: name.startsWith('express') ? 'EXPRESS' : 'STANDARD',
  });
}

/** The name of a recorded refusal. */
export function codeOf(refusal: JsonObject): string | undefined {
  const error = refusal['Error'];
  return isJsonObject(error) ? String(error['Code']) : undefined;
}
