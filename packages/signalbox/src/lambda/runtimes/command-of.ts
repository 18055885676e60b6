import type { FunctionResource } from '../../template/app.ts';
import type { CommandFinding, CommandRequest } from './command.ts';
import { javaCommand } from './java.ts';
import { nodejsCommand } from './nodejs.ts';
import { providedCommand } from './provided.ts';
import { pythonCommand } from './python.ts';

/** The code of the Node.js runtime's process; it may have to be built first. */
export type NodejsRuntimeFile = () => Promise<string>;

/** Finds out how to run a function of any runtime in a process of its own. */
export async function commandOf(
  request: CommandRequest,
  nodejsRuntimeFile: NodejsRuntimeFile,
): Promise<CommandFinding> {
  const { runtime } = request.resource;
  switch (languageOf(request.resource)) {
    case 'nodejs':
      return nodejsCommand(request, await nodejsRuntimeFile());
    case 'python':
      return await pythonCommand(request);
    case 'provided':
      return providedCommand(request);
    case 'java':
      return javaCommand(request);
    default:
      return { kind: 'missing', what: `The rehearsal has no runtime for ${runtime}` };
  }
}

/** The name of a runtime without its version, such as `python` of `python3.13`. */
export function languageOf({ runtime }: FunctionResource): string {
  return /^[a-z]+/.exec(runtime)?.[0] ?? '';
}
