import { createRequire } from 'node:module';
import { delimiter, join, sep } from 'node:path';
import { toolHome } from '../tool-file.ts';
import type { CommandFinding, CommandRequest } from './command.ts';

/** AWS: the heap's part of the function's memory; the runtime keeps the rest. */
const HEAP_SHARE = 0.9;

/** Finds out how to run a Node.js function: with the Node.js that runs the rehearsal. */
export function nodejsCommand(
  { resource, code }: CommandRequest,
  runtimeFile: string,
): CommandFinding {
  const heapMb = Math.floor(resource.memoryMb * HEAP_SHARE);
  const [major] = /\d+/.exec(resource.runtime) ?? [''];
  const layers = [...code.layers]
    .reverse()
    .flatMap((layer) => [
      join(layer, 'nodejs', `node${major}`, 'node_modules'),
      join(layer, 'nodejs', 'node_modules'),
    ]);
  const given = (resource.environment['NODE_PATH'] ?? '')
    .split(delimiter)
    .filter((one) => one !== '');
  return {
    kind: 'command',
    command: {
      file: process.execPath,
      args: [`--max-old-space-size=${heapMb}`, runtimeFile],
      environment: {
        // AWS: layers come before what the runtime itself brings, the SDK.
        NODE_PATH: [...layers, ...given, ...sdkFolder()].join(delimiter),
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
    },
  };
}

/** The folder of packages that has the SDK's clients that the rehearsal itself uses: AWS's runtimes bring all of them. */
function sdkFolder(): readonly string[] {
  const require = createRequire(join(toolHome(), 'index.js'));
  const file = require.resolve('@aws-sdk/client-sfn');
  const end = file.indexOf(`${sep}@aws-sdk${sep}`);
  return [file.slice(0, end)];
}
