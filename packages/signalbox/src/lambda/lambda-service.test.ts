import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../core/aws-error.ts';
import { sleep } from '../core/clock.ts';
import { unkeptMaps } from '../core/kept-maps.ts';
import type { ServiceCall } from '../core/service.ts';
import { createSkippingClock, type SkippingClock } from '../core/skipping-clock.ts';
import type {
  AsyncInvocation,
  EventSourceMappingResource,
  FunctionResource,
} from '../template/app.ts';
import { createMappingSwitches, type MappingSwitches } from './event-sources/mapping-switches.ts';
import { createMappings, type EventSourceMappings } from './event-sources/mappings.ts';
import type { LambdaHost } from './host.ts';
import { createLambdaService, type LambdaService } from './lambda-service.ts';
import { testFunction } from './test-project.ts';

const CALLER = { arn: 'arn:aws:iam::123456789012:root' };
const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:Charge';
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

interface Sent {
  readonly service: string;
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

let clock: SkippingClock;
let service: LambdaService;
let functions: FunctionResource[];
let mappings: EventSourceMappingResource[];
let seeded: EventSourceMappingResource[];
let switches: MappingSwitches;
let eventSourceMappings: EventSourceMappings;
let invocations: { readonly payload: string; readonly atSeconds: number }[];
let sent: Sent[];
let dropped: string[];
/** The results of the function, invocation by invocation; the last for all that follow. */
let script: ('succeeds' | 'fails' | 'throttled')[];
let settled: Promise<void>;

let bugs: unknown[];

beforeEach(() => {
  bugs = [];
  clock = createSkippingClock();
  const startedAt = clock.now().getTime();
  functions = [testFunction('Charge', 'handler.ts', { reservedConcurrency: 5 })];
  mappings = [];
  invocations = [];
  sent = [];
  dropped = [];
  script = ['succeeds'];
  let settle: () => void = () => {};
  settled = new Promise((resolve) => {
    settle = resolve;
  });
  const invoke: LambdaHost['invoke'] = async (_name, payload) => {
    const atSeconds = Math.round((clock.now().getTime() - startedAt) / 1000);
    invocations.push({ payload: decode(payload), atSeconds });
    const [step] = script.length > 1 ? script.splice(0, 1) : script;
    if (step === 'throttled') throw new AwsError('TooManyRequestsException', 'Rate Exceeded.');
    if (step === 'succeeds') {
      if (functions[0]?.asyncInvocation?.onSuccessArn === undefined) settle();
      return { payload: encode('"ok"'), logTail: 'START\nEND\n', durationMs: 1 };
    }
    const report = encode('{"errorType":"Error","errorMessage":"no funds","trace":[]}');
    return { payload: report, functionError: 'Unhandled', logTail: '', durationMs: 1 };
  };
  const call: ServiceCall = async (name, action, input) => {
    if (action === 'GetQueueUrl') return { QueueUrl: 'https://sqs/failures' };
    sent.push({ service: name, action, input: { ...input } });
    settle();
    return {};
  };
  switches = createMappingSwitches({ clock, maps: unkeptMaps });
  seeded = [];
  eventSourceMappings = createMappings({
    switches,
    region: 'eu-west-1',
    app: () => ({ eventSourceMappings: mappings }),
    seeded: () => seeded,
  });
  service = createLambdaService({
    host: { invoke },
    clock,
    call,
    functions: () => functions,
    eventSourceMappings,
    region: 'eu-west-1',
    accountId: '123456789012',
    onBug: (bug) => bugs.push(bug),
    onDropped: (text) => {
      dropped.push(text);
      settle();
    },
  });
});
afterEach(() => expect(bugs).toEqual([]));
afterEach(() => service.close());

/** Sets how asynchronous calls of the function go. */
function configure(more: Partial<AsyncInvocation>, deadLetterArn?: string): void {
  const asyncInvocation = {
    maximumRetryAttempts: 2,
    maximumEventAgeSeconds: 21_600,
    onSuccessArn: undefined,
    onFailureArn: undefined,
    ...more,
  };
  functions = functions.map((one) => ({
    ...one,
    asyncInvocation,
    ...(deadLetterArn !== undefined && { deadLetterArn }),
  }));
}

async function run(action: string, input: object): Promise<object> {
  return await service.service.actions[action]!(input, CALLER);
}

describe('Invoke', () => {
  test.each(['Charge', 'Charge:$LATEST', '123456789012:function:Charge', ARN, `${ARN}:$LATEST`])(
    'finds the function as %s',
    async (FunctionName) => {
      const response = await run('Invoke', { FunctionName, Payload: encode('{"total":3}') });

      expect(response).toEqual({
        StatusCode: 200,
        ExecutedVersion: '$LATEST',
        Payload: encode('"ok"'),
      });
      expect(invocations[0]?.payload).toBe('{"total":3}');
    },
  );

  test('returns the log tail in base64 when asked', async () => {
    const response = await run('Invoke', { FunctionName: 'Charge', LogType: 'Tail' });

    expect(response).toMatchObject({ LogResult: Buffer.from('START\nEND\n').toString('base64') });
  });

  test('returns what fails in the function as FunctionError', async () => {
    script = ['fails'];

    expect(await run('Invoke', { FunctionName: 'Charge' })).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
    });
  });

  test('hands an empty object to the function where there is no payload', async () => {
    await run('Invoke', { FunctionName: 'Charge' });

    expect(invocations[0]?.payload).toBe('{}');
  });

  test('runs nothing for DryRun', async () => {
    const response = await run('Invoke', { FunctionName: 'Charge', InvocationType: 'DryRun' });

    expect(response).toEqual({ StatusCode: 204 });
    expect(invocations).toEqual([]);
  });

  test.each([
    ['Refund', undefined, 'arn:aws:lambda:eu-west-1:123456789012:function:Refund:$LATEST'],
    ['Charge', 'prod', `${ARN}:prod`],
    [`${ARN}:7`, undefined, `${ARN}:7`],
  ])('refuses the unknown function %s with qualifier %s', async (FunctionName, Qualifier, arn) => {
    await expect(run('Invoke', { FunctionName, Qualifier })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${arn}`,
    });
  });

  // aws/aws-cdk#11826
  test('does not reach a function of another Region', async () => {
    const FunctionName = ARN.replace('eu-west-1', 'us-east-1');
    await expect(run('Invoke', { FunctionName })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
    });
  });

  test('refuses a payload that is no JSON', async () => {
    const Payload = encode('not json');

    await expect(run('Invoke', { FunctionName: 'Charge', Payload })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
      message: expect.stringMatching(/^Could not parse request body into json: /),
    });
  });

  test.each([
    [
      'RequestResponse',
      6_291_457,
      'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
    ],
    [
      'Event',
      1_048_577,
      '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
    ],
  ])('refuses a payload that is too large for %s', async (InvocationType, size, message) => {
    const Payload = encode(`"${'x'.repeat(size - 2)}"`);
    const input = { FunctionName: 'Charge', InvocationType, Payload };

    await expect(run('Invoke', input)).rejects.toMatchObject({
      name: 'RequestEntityTooLargeException',
      message,
    });
  });
});

describe('Invoke of type Event', () => {
  const EVENT = { FunctionName: 'Charge', InvocationType: 'Event', Payload: encode('{"id":1}') };

  test('returns before the function has run', async () => {
    expect(await run('Invoke', EVENT)).toEqual({ StatusCode: 202, Payload: new Uint8Array() });
  });

  test('tries again after one and two minutes', async () => {
    script = ['fails', 'fails', 'succeeds'];

    await run('Invoke', EVENT);
    await settled;

    expect(invocations.map(({ atSeconds }) => atSeconds)).toEqual([0, 60, 180]);
    expect(sent).toEqual([]);
  });

  test('sends the record of the failure to the on-failure destination', async () => {
    script = ['fails'];
    configure({ onFailureArn: 'arn:aws:sqs:eu-west-1:123456789012:failures' });

    await run('Invoke', EVENT);
    await settled;

    expect(invocations).toHaveLength(3);
    expect(sent).toMatchObject([{ service: 'sqs', action: 'SendMessage' }]);
    expect(JSON.parse(String(sent[0]?.input['MessageBody']))).toEqual({
      version: '1.0',
      timestamp: expect.any(String),
      requestContext: {
        requestId: expect.any(String),
        functionArn: `${ARN}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { id: 1 },
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: 'Unhandled',
      },
      responsePayload: { errorType: 'Error', errorMessage: 'no funds', trace: [] },
    });
  });

  test('sends the record of a success to the on-success destination', async () => {
    configure({ onSuccessArn: 'arn:aws:events:eu-west-1:123456789012:event-bus/results' });

    await run('Invoke', EVENT);
    await settled;

    expect(sent).toMatchObject([
      {
        service: 'events',
        action: 'PutEvents',
        input: {
          Entries: [{ DetailType: 'Lambda Function Invocation Result - Success' }],
        },
      },
    ]);
  });

  test('sends the event itself to the dead-letter queue', async () => {
    script = ['fails'];
    configure({ maximumRetryAttempts: 0 }, 'arn:aws:sqs:eu-west-1:123456789012:dead-letters');

    await run('Invoke', EVENT);
    await settled;

    expect(invocations).toHaveLength(1);
    expect(sent).toMatchObject([
      {
        action: 'SendMessage',
        input: {
          MessageBody: '{"id":1}',
          MessageAttributes: { ErrorMessage: { StringValue: 'no funds' } },
        },
      },
    ]);
  });

  test('does not count throttles as attempts, and gives up at the maximum age', async () => {
    script = ['throttled'];
    configure({
      maximumEventAgeSeconds: 60,
      onFailureArn: 'arn:aws:sns:eu-west-1:123456789012:failures',
    });

    await run('Invoke', EVENT);
    await settled;

    expect(invocations.map(({ atSeconds }) => atSeconds)).toEqual([0, 1, 3, 7, 15, 31]);
    expect(JSON.parse(String(sent[0]?.input['Message']))).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 },
    });
  });

  test('says so when nobody takes a failed event', async () => {
    script = ['fails'];

    await run('Invoke', EVENT);
    await settled;

    expect(dropped).toEqual([
      expect.stringMatching(
        /^Event \S+ of Charge is dropped: RetriesExhausted, and the function has no on-failure destination$/,
      ),
    ]);
  });
});

describe('the functions of the template', () => {
  test('are described with their concurrency', async () => {
    expect(await run('GetFunction', { FunctionName: 'Charge' })).toMatchObject({
      Configuration: { FunctionArn: ARN, Runtime: 'nodejs24.x', Timeout: 30, MemorySize: 256 },
      Concurrency: { ReservedConcurrentExecutions: 5 },
    });
    expect(await run('GetFunctionConfiguration', { FunctionName: ARN })).toMatchObject({
      FunctionName: 'Charge',
      State: 'Active',
    });
  });

  test('are listed by name, page by page', async () => {
    functions.push(testFunction('Approve', 'handler.ts'));

    const first = await run('ListFunctions', { MaxItems: 1 });
    const { NextMarker: Marker, Functions } = first as Record<string, unknown>;
    const second = await run('ListFunctions', { MaxItems: 1, Marker });

    expect(Functions).toMatchObject([{ FunctionName: 'Approve' }]);
    expect(second).toMatchObject({ Functions: [{ FunctionName: 'Charge' }] });
    expect(second).not.toHaveProperty('NextMarker');
  });
});

describe('the event source mappings of the template', () => {
  const UUID = '0e000000-0000-4000-8000-000000000001';
  const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:orders';
  const TURNING_MS = 15_000;

  beforeEach(() => {
    mappings.push({
      logicalId: 'ChargeOrders',
      uuid: UUID,
      functionName: 'Charge',
      sourceArn: queueArn,
      filters: [],
      stream: undefined,
      batchSize: 5,
      enabled: true,
      reportBatchItemFailures: true,
      maximumConcurrency: 2,
    });
  });

  test('are listed and found by their UUID', async () => {
    const listed = await run('ListEventSourceMappings', { FunctionName: 'Charge' });

    expect(listed).toMatchObject({
      EventSourceMappings: [
        {
          UUID,
          EventSourceArn: queueArn,
          FunctionArn: ARN,
          State: 'Enabled',
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ScalingConfig: { MaximumConcurrency: 2 },
        },
      ],
    });
    expect(await run('GetEventSourceMapping', { UUID })).toMatchObject({ UUID });
    await expect(run('GetEventSourceMapping', { UUID: 'gone' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('are turned off and on, by way of a state in which they take no other change', async () => {
    const changes: unknown[] = [];
    eventSourceMappings.onChange(() => changes.push(eventSourceMappings.stateOf(mappings[0]!)));
    let release = clock.hold();
    const off = await run('UpdateEventSourceMapping', { UUID, Enabled: false });
    expect(off).toMatchObject({ UUID, State: 'Disabling' });
    await expect(run('UpdateEventSourceMapping', { UUID, Enabled: true })).rejects.toMatchObject({
      name: 'ResourceInUseException',
    });
    release();
    await sleep(clock, TURNING_MS);
    expect(await run('GetEventSourceMapping', { UUID })).toMatchObject({ State: 'Disabled' });

    release = clock.hold();
    await run('UpdateEventSourceMapping', { UUID, Enabled: true });
    expect(await run('GetEventSourceMapping', { UUID })).toMatchObject({ State: 'Enabling' });
    release();
    await sleep(clock, TURNING_MS);
    expect(await run('GetEventSourceMapping', { UUID })).toMatchObject({ State: 'Enabled' });
    expect(changes).toContain('Disabling');
    expect(changes).toContain('Enabled');
  });

  test('are as the template says once it says something new', async () => {
    await run('UpdateEventSourceMapping', { UUID, Enabled: false });
    mappings = mappings.map((mapping) => ({ ...mapping, enabled: false }));
    expect(await run('GetEventSourceMapping', { UUID })).toMatchObject({ State: 'Disabled' });
  });

  test('are turned on and off, and not changed otherwise', async () => {
    await expect(run('UpdateEventSourceMapping', { UUID, BatchSize: 3 })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('BatchSize'),
    });
  });

  test('are those that were seeded in their Region too, which may be stuck', async () => {
    const SEEDED = '0e000000-0000-4000-8000-0000000000e2';
    const act = (action: string, input: object): Promise<object> =>
      run(action, { UUID: SEEDED, ...input });
    const inRegion = (region: string, uuid: string) =>
      mappings.map((one) => ({
        ...one,
        uuid,
        sourceArn: `arn:aws:sqs:${region}:123456789012:web`,
      }));
    const elsewhere = '0e000000-0000-4000-8000-0000000000e3';
    seeded = [...inRegion('eu-west-1', SEEDED), ...inRegion('us-west-2', elsewhere)];

    await expect(run('GetEventSourceMapping', { UUID: elsewhere })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await act('GetEventSourceMapping', {})).toMatchObject({ State: 'Enabled' });
    switches.hold(SEEDED);
    await act('UpdateEventSourceMapping', { Enabled: false });
    await sleep(clock, 10 * TURNING_MS);
    expect(await act('GetEventSourceMapping', {})).toMatchObject({ State: 'Disabling' });
    switches.letGo(SEEDED);
    expect(await act('GetEventSourceMapping', {})).toMatchObject({ State: 'Disabled' });
  });
});
