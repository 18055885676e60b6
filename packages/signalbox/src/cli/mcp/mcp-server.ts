import type { JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import { explain } from '../explain.ts';
import type { Session } from '../session.ts';
import { INVALID_PARAMS, METHOD_NOT_FOUND, RpcError, type RpcHandler } from './json-rpc.ts';
import { inputSchemaOf, type Tool, ToolArguments } from './tool.ts';
import { explainExecution } from './tools/explain-execution.ts';
import { listWorkflows } from './tools/list-workflows.ts';
import { putEvent } from './tools/put-event.ts';
import { startExecution } from './tools/start-execution.ts';
import { tryState } from './tools/try-state.ts';
import { whyNoMatch } from './tools/why-no-match.ts';

const TOOLS: readonly Tool[] = [
  listWorkflows,
  startExecution,
  explainExecution,
  tryState,
  putEvent,
  whyNoMatch,
];

/** The protocol's versions that this speaks, newest first: of them it uses the same. */
const VERSIONS = ['2025-06-18', '2025-03-26', '2024-11-05'];

const INSTRUCTIONS =
  'Runs the workflows of this AWS project on this machine: no account, no network, waits are skipped. Call list_workflows first. After a change of a file call the tool again: the rehearsal reads files by itself.';

/** What the server is, and how it gets at a rehearsal. */
export interface McpServerOptions {
  readonly version: string;
  /** A session whose endpoint is a running rehearsal; it may have to be started first. */
  readonly rehearsal: () => Promise<Session>;
}

/** Handles the requests of the Model Context Protocol (modelcontextprotocol.io, specification 2025-06-18). */
export function createMcpServer({ version, rehearsal }: McpServerOptions): RpcHandler {
  return async (method, params) => {
    switch (method) {
      case 'initialize':
        return {
          protocolVersion: versionFor(params),
          capabilities: { tools: {} },
          serverInfo: { name: 'signalbox', title: 'Signalbox', version },
          instructions: INSTRUCTIONS,
        };
      case 'ping':
        return {};
      case 'tools/list':
        return { tools: TOOLS.map(toDescription) };
      case 'tools/call':
        return await callTool(params, rehearsal);
      default:
        throw new RpcError(METHOD_NOT_FOUND, `There is no method ${method}`);
    }
  };
}

function versionFor({ protocolVersion }: JsonObject): string {
  const wanted = VERSIONS.find((version) => version === protocolVersion);
  return wanted ?? VERSIONS[0] ?? '';
}

function toDescription(tool: Tool): object {
  const { name, description, isReadOnly } = tool;
  const annotations = { readOnlyHint: isReadOnly, openWorldHint: false };
  return { name, description, inputSchema: inputSchemaOf(tool), annotations };
}

/** What a tool refuses, or fails at, is its result: the agent reads it and does better. */
async function callTool(
  { name, arguments: given }: JsonObject,
  rehearsal: McpServerOptions['rehearsal'],
): Promise<object> {
  const tool = TOOLS.find((one) => one.name === name);
  if (tool === undefined) {
    const names = TOOLS.map((one) => one.name).join(', ');
    throw new RpcError(INVALID_PARAMS, `There is no tool ${String(name)}; there are ${names}`);
  }
  const checked = new ToolArguments(tool, isJsonObject(given) ? given : {});
  let endpoint: string | undefined;
  try {
    const session = await rehearsal();
    endpoint = session.endpoint;
    return content(JSON.stringify(await tool.run(session, checked), null, 2), false);
  } catch (error) {
    if (error instanceof RpcError) throw error;
    return content(explain(error, { endpoint, verbose: true }).message, true);
  }
}

function content(text: string, isError: boolean): object {
  return { content: [{ type: 'text', text }], isError };
}
