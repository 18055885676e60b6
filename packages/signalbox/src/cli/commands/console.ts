import { InvalidArgumentError } from 'commander';
import { accountConsole } from '../../console/server/account-console.ts';
import { createSdkCall } from '../../console/server/sdk-call.ts';
import { serveConsole } from '../../console/server/serve-console.ts';
import { UserError } from '../../core/user-error.ts';
import { loadPluginPages } from '../../project/plugin-pages.ts';
import { readSamples } from '../../project/read-samples.ts';
import type { AddCommand } from '../add-command.ts';
import type { Session } from '../session.ts';

/** The path of the console of a rehearsal. */
const REHEARSAL_PATH = '/_signalbox/console/';

/** The path of the console of a Region of it, as it was named. */
function pathIn([region]: readonly string[]): string {
  return region === undefined ? REHEARSAL_PATH : `/_signalbox/regions/${region}/console/`;
}

/** `console`: pages that show executions, of an account or of the running rehearsal. */
export const addConsole: AddCommand = (program, sessionOf) => {
  program
    .command('console')
    .description(
      'serve pages that show executions, events and functions: of an account with --profile and --region, or of any AWS endpoint',
    )
    .option('--port <port>', 'port on 127.0.0.1; 0 for a free one', portOption, 0)
    .action(async ({ port }: { readonly port: number }, command) => {
      const session = sessionOf(command);
      const { endpoint } = session;
      const isRehearsal = endpoint !== undefined && (await hasConsole(endpoint));
      if (isRehearsal)
        session.output.say(`${endpoint.replace(/\/$/, '')}${pathIn(session.project.regions)}`);
      else await serve(session, port);
    });
};

async function serve(session: Session, port: number): Promise<void> {
  const { client, stack, output, project, endpoint } = session;
  const { region } = client;
  if (region === undefined) {
    throw new UserError('usage', 'No AWS Region: name one with --region, or set AWS_REGION');
  }
  const title = stack ?? client.profile ?? endpoint ?? 'AWS';
  const options = accountConsole({
    ...{ region, title, root: project.root, call: createSdkCall(client), stack: session },
    pages: async () => loadPluginPages(await session.plugins()),
    samples: () => readSamples(project.root),
    onBug: (error) => output.say(error instanceof Error ? error.message : String(error)),
  });
  const served = await serveConsole(options, port);
  output.say(`The console of ${title} (${region}), with your rights, until Ctrl-C:
  ${served.url}`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await served.close();
}

/** A rehearsal serves its own; another endpoint is shown as an account is. */
async function hasConsole(endpoint: string): Promise<boolean> {
  try {
    const url = `${endpoint.replace(/\/$/, '')}${REHEARSAL_PATH}`;
    const response = await fetch(url, { method: 'GET', signal: AbortSignal.timeout(60_000) });
    return response.ok && response.headers.get('content-type')?.startsWith('text/html') === true;
  } catch {
    return false;
  }
}

function portOption(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('Write a port from 0 to 65535.');
  }
  return port;
}
