import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serveJsonRpc } from '../src/cli/mcp/json-rpc.ts';
import { createMcpServer } from '../src/cli/mcp/mcp-server.ts';
import { createSession } from '../src/cli/session.ts';
import { createRehearsal, type Rehearsal } from '../src/create-rehearsal.ts';

interface Response {
  readonly id: number | null;
  readonly result?: Readonly<Record<string, unknown>> & {
    readonly content?: readonly { readonly text: string }[];
    readonly isError?: boolean;
  };
  readonly error?: { readonly code: number; readonly message: string };
}

let root: string;
let rehearsal: Rehearsal;
const input = new PassThrough();
const output = new PassThrough();
const lines = createInterface({ input: output })[Symbol.asyncIterator]();
let served: Promise<void>;
let lastId = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'signalbox-mcp-'));
  cpSync('packages/signalbox/examples/python-sam', root, {
    recursive: true,
    filter: (path) => !/\.signalbox|__pycache__/.test(path),
  });
  rehearsal = await createRehearsal({ root });
  const supplies = { stdout: output, stderr: output, plugins: async () => [] };
  const session = createSession(
    {
      endpointUrl: rehearsal.url,
      region: rehearsal.client.region,
      template: [join(root, 'template.yaml')],
    },
    supplies,
  );
  const handle = createMcpServer({ version: '1.2.3', rehearsal: async () => session });
  served = serveJsonRpc(input, (line) => void output.write(line), handle);
});

afterAll(async () => {
  input.end();
  await served;
  await rehearsal.close();
  rmSync(root, { recursive: true });
});

async function send(line: string): Promise<Response> {
  input.write(`${line}\n`);
  const { value } = await lines.next();
  return JSON.parse(String(value));
}

function request(method: string, params: object = {}): Promise<Response> {
  lastId += 1;
  return send(JSON.stringify({ jsonrpc: '2.0', id: lastId, method, params }));
}

/** Calls a tool; returns what it says, as JSON where it is that. */
async function call(name: string, given: object = {}) {
  const { result } = await request('tools/call', { name, arguments: given });
  const text = result?.content?.[0]?.text ?? '';
  return result?.isError === true ? text : JSON.parse(text);
}

describe('the Model Context Protocol', () => {
  test('is spoken in the version that the client knows', async () => {
    const old = await request('initialize', { protocolVersion: '2024-11-05' });
    const future = await request('initialize', { protocolVersion: '2099-01-01' });

    expect(old.result).toMatchObject({
      protocolVersion: '2024-11-05',
      capabilities: { tools: {} },
      serverInfo: { name: 'signalbox', version: '1.2.3' },
    });
    expect(future.result?.['protocolVersion']).toBe('2025-06-18');
  });

  test('lists tools whose arguments are described', async () => {
    input.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
    const { result } = await request('tools/list');

    expect(result?.['tools']).toContainEqual({
      name: 'start_execution',
      description: expect.stringContaining('Start an execution'),
      inputSchema: {
        type: 'object',
        properties: {
          workflow: { type: 'string', description: expect.any(String) },
          input: { description: expect.any(String) },
        },
        required: ['workflow'],
        additionalProperties: false,
      },
      annotations: { readOnlyHint: false, openWorldHint: false },
    });
  });

  test.each([
    ['no JSON', '{', -32_700],
    ['no request', '[1]', -32_600],
    ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"resources/list"}', -32_601],
    [
      'an unknown tool',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x"}}',
      -32_602,
    ],
    [
      'an argument that is missing',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"start_execution"}}',
      -32_602,
    ],
    [
      'an argument that is not known',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_workflows","arguments":{"a":1}}}',
      -32_602,
    ],
  ])('refuses %s', async (_what, line, code) => {
    expect((await send(line)).error).toMatchObject({ code, message: expect.any(String) });
  });
});

describe('its tools', () => {
  test('start a workflow, say how it ended, and count it', async () => {
    const ended = await call('start_execution', {
      workflow: 'booking',
      input: { detail: { area: 'stalls', count: 1 } },
    });
    const listed = await call('list_workflows');

    expect(ended).toMatchObject({
      status: 'SUCCEEDED',
      output: { total: 42.5, seats: ['stalls-1'] },
    });
    expect(listed.workflows).toMatchObject([
      { name: expect.stringContaining('Booking'), executions: { SUCCEEDED: 1 } },
    ]);
  });

  test('explain a failure, with the state, its input and the function’s log', async () => {
    await call('start_execution', {
      workflow: 'booking',
      input: { detail: { area: 'cellar', count: 1 } },
    });

    const explained = await call('explain_execution');

    expect(explained).toMatchObject({
      status: 'FAILED',
      error: 'KeyError',
      path: ['Price'],
      failure: {
        state: 'Price',
        attempts: 1,
        input: { detail: { area: 'cellar', count: 1 } },
        function: expect.stringContaining('PriceFunction'),
      },
    });
    expect(explained.failure.log.join('\n')).toContain("[ERROR] KeyError: 'cellar'");
  });

  test('test one state with a mocked error or result', async () => {
    const state = { workflow: 'booking', state: 'Reserve', input: { detail: { count: 1 } } };

    const caught = await call('test_state', { ...state, mock_error: 'HouseFull' });
    const mocked = await call('test_state', { ...state, mock_result: { Payload: { seats: [] } } });

    expect(caught).toMatchObject({ status: 'CAUGHT_ERROR', error: 'HouseFull', nextState: 'Full' });
    expect(mocked).toMatchObject({
      status: 'SUCCEEDED',
      nextState: 'Booked',
      output: { reservation: { Payload: { seats: [] } } },
    });
  });

  test('put an event, and say why no rule wants it', async () => {
    const wanted = { source: 'theatre.box-office', detail: { area: 'balcony', count: 1 } };

    const taken = await call('put_event', { ...wanted, detail_type: 'SeatsWanted' });
    const lost = await call('put_event', { ...wanted, detail_type: 'SeatsLost' });
    const why = await call('why_no_match');

    expect(taken.buses).toMatchObject([
      { deliveries: [{ result: 'delivered', detail: expect.stringContaining(':execution:') }] },
    ]);
    const reason = expect.stringContaining(
      'detail-type: expected ["SeatsWanted"], found "SeatsLost"',
    );
    expect(lost.buses).toMatchObject([{ rules: [], noMatch: reason }]);
    expect(why.events).toMatchObject([{ event: { id: lost.eventId }, noMatch: reason }]);
  });

  test('say what they cannot find, and what there is', async () => {
    expect(await call('start_execution', { workflow: 'nothing' })).toMatch(
      /^No workflow "nothing"; there are .*BookingStateMachine$/,
    );
  });
});
