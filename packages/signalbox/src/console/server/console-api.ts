import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonObject, type Json, type JsonObject, parsePayload } from '../../core/json.ts';
import { deepConditionsIn } from '../search/conditions.ts';
import { isServed } from './aws-actions.ts';
import type { ConsoleOptions } from './console-options.ts';
import { descendantsOf } from './descendants.ts';
import { triedPattern, triedRules } from './event-rules.ts';
import { openEventStream } from './event-stream.ts';
import { forkExecution } from './fork-execution.ts';
import { logsIn, logsOf } from './function-logs.ts';
import { toJsonText, toSdkInput } from './json-wire.ts';
import { followChanges } from './live-changes.ts';
import { errorText, followExecution } from './live-execution.ts';
import { followExecutions } from './live-executions.ts';
import { graphOf, machineView } from './machine-view.ts';
import { platformMap } from './platform-map.ts';
import { actOnPage, listedPages, offeredButtons, readPage } from './plugin-pages.ts';
import { functionSample, machineSample } from './samples.ts';
import { searchExecutions } from './search-executions.ts';
import { terminalOptions } from './terminal-options.ts';

/** A request to the API, its body read already. */
export interface ApiRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The path below `api/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
}

type Route = (options: ConsoleOptions, body: JsonObject) => Promise<object> | object;

/** Refused for a reason that the page shows. */
class Refused extends Error {
  override readonly name = 'Refused';
}

const ROUTES: Readonly<Record<string, Route>> = {
  place: async (options) => {
    const { kind, region, title, root, now, workOf } = options;
    const pages = await listedPages(options);
    const terminal = terminalOptions(options);
    const known = { kind, region, title, root, pages, terminal, knowsWork: workOf !== undefined };
    return { ...known, now: now().toISOString() };
  },
  page: readPage,
  act: actOnPage,
  offers: offeredButtons,
  call: callAws,
  machine: ({ call }, body) => {
    const executionArn = textIn(body, 'executionArn');
    const stateMachineArn = textIn(body, 'stateMachineArn') ?? '';
    return machineView(call, executionArn === undefined ? { stateMachineArn } : { executionArn });
  },
  graph: (_options, body) => graphOf(textIn(body, 'definition') ?? ''),
  map: ({ call }) => platformMap(call),
  rules: async ({ call }, body) => ({
    rules: await triedRules(call, textIn(body, 'bus') ?? 'default', eventIn(body)),
  }),
  descendants: async ({ call }, body) => ({
    found: await descendantsOf(call, textIn(body, 'executionArn') ?? ''),
  }),
  sample: async ({ call, samples }, body) => {
    const functionName = textIn(body, 'functionName');
    const machineArn = textIn(body, 'stateMachineArn') ?? '';
    const found =
      functionName === undefined
        ? await machineSample(call, samples(), machineArn)
        : functionSample(samples(), functionName);
    return { sample: found };
  },
  pattern: (_options, body) => triedPattern(textIn(body, 'pattern') ?? '', eventIn(body)),
  work: stepWork,
  fork: ({ call }, body) => {
    const { variables, isCurrent } = body;
    return forkExecution(call, {
      executionArn: textIn(body, 'executionArn') ?? '',
      stateName: textIn(body, 'stateName') ?? '',
      input: textIn(body, 'input') ?? '{}',
      name: textIn(body, 'name') ?? '',
      variables: isJsonObject(variables) ? variables : {},
      isCurrent: isCurrent === true,
    });
  },
};

/** AWS throttles a list of all, and lists no Express executions; a rehearsal keeps no more than it can list. */
function listedOf(kind: ConsoleOptions['kind']) {
  return kind === 'rehearsal'
    ? { includesExpress: true, perMachine: Number.POSITIVE_INFINITY }
    : { includesExpress: false, perMachine: 2_000 };
}

const STREAMS: Readonly<
  Record<string, (options: ConsoleOptions, given: ApiRequest) => Promise<void>>
> = {
  'live/execution': ({ call, changes }, { request, response, query }) =>
    followExecution(openEventStream(response), {
      ...{ call, changes },
      executionArn: query.get('arn') ?? '',
      lastEventId: Number(request.headers['last-event-id'] ?? query.get('after') ?? 0) || 0,
    }),
  'live/changes': async ({ changes }, { response }) =>
    followChanges(openEventStream(response), changes),
  'live/executions': ({ call, changes, kind }, { request, response }) =>
    followExecutions(openEventStream(response), {
      ...{ call, changes, ...listedOf(kind) },
      isResumed: request.headers['last-event-id'] !== undefined,
    }),
  'live/search': ({ call, changes, kind }, { response, query }) =>
    searchExecutions(openEventStream(response), {
      ...{ call, changes, ...listedOf(kind) },
      conditions: deepConditionsIn(query),
      atOnce: kind === 'account' ? 5 : 200,
    }),
};

/** Answers a request to the API in JSON, or with a stream; false where nothing is at the path. */
export async function answerApi(options: ConsoleOptions, given: ApiRequest): Promise<boolean> {
  const { path, response, body } = given;
  const stream = Object.hasOwn(STREAMS, path) ? STREAMS[path] : undefined;
  const route = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
  if (stream !== undefined) {
    await stream(options, given).catch((error: unknown) => endStream(response, error));
    return true;
  }
  if (route === undefined) return false;
  try {
    send(response, 200, toJsonText(await route(options, body)));
  } catch (error) {
    send(response, 400, errorText(error));
  }
  return true;
}

/** The page shows why, and does not ask again and again. */
function endStream(response: ServerResponse, error: unknown): void {
  response.end(`event: failed\ndata: ${errorText(error)}\n\n`);
}

async function callAws({ call }: ConsoleOptions, body: JsonObject): Promise<object> {
  const { service, action, input } = body;
  if (typeof service !== 'string' || typeof action !== 'string' || !isServed(service, action)) {
    throw new Refused(`The console does not call ${String(service)}:${String(action)}`);
  }
  const read = toSdkInput(isJsonObject(input) ? input : {});
  return call(service, action, typeof read === 'object' && read !== null ? read : {});
}

async function stepWork({ call, workOf }: ConsoleOptions, body: JsonObject): Promise<object> {
  const [executionArn, stateName] = [textIn(body, 'executionArn'), textIn(body, 'stateName')];
  const parameters = textIn(body, 'parameters');
  if (executionArn === undefined || stateName === undefined || parameters === undefined) {
    throw new Refused('Name the execution, the state and its parameters');
  }
  const work = workOf?.({ executionArn, stateName, parameters });
  if (work !== undefined) return { ...(await logsOf(call, work.invocations)), calls: work.calls };
  const functionName = textIn(body, 'functionName');
  if (functionName === undefined) return { lines: [], isExact: true, calls: [] };
  const logs = await logsIn(call, {
    functionName,
    fromMs: numberIn(body, 'fromMs'),
    toMs: numberIn(body, 'toMs'),
    requestId: textIn(body, 'requestId'),
    marker: executionArn,
  });
  return { ...logs, calls: [] };
}

/** Reads the body of a request; an empty object where it is no JSON object. */
export function readBodyText(text: string): JsonObject {
  const value = parsePayload(text);
  return isJsonObject(value) ? value : {};
}

function eventIn({ event }: JsonObject): JsonObject {
  if (!isJsonObject(event)) throw new Refused('The event must be a JSON object');
  return event;
}

function textIn(body: JsonObject, name: string): string | undefined {
  const value: Json | undefined = body[name];
  return typeof value === 'string' ? value : undefined;
}

function numberIn(body: JsonObject, name: string): number {
  const value: Json | undefined = body[name];
  return typeof value === 'number' ? value : 0;
}

function send(response: ServerResponse, status: number, text: string): void {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(status, { ...headers, 'x-content-type-options': 'nosniff' });
  response.end(text);
}
