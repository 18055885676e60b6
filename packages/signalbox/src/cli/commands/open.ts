import { spawn } from 'node:child_process';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { findExecution } from '../find-execution.ts';
import type { Session } from '../session.ts';

/** `open`: the page of an execution in a browser. */
export const addOpen: AddCommand = (program, sessionOf) => {
  program
    .command('open <execution>')
    .description(
      "open an execution's page in the browser: in the console of the rehearsal, or that of AWS; prints its URL",
    )
    .option('--no-browser', 'only print the URL')
    .action(async (id: string, { browser }: { readonly browser: boolean }, command) => {
      const session = sessionOf(command);
      const executionArn = await findExecution(session, id);
      const url = urlOf(session, executionArn);
      session.output.result({ executionArn, url }, () => [url]);
      if (browser) openInBrowser(url);
    });
};

function urlOf({ endpoint, client }: Session, executionArn: string): string {
  if (endpoint !== undefined) {
    return `${endpoint.replace(/\/$/, '')}/_signalbox/console/executions/${executionArn}`;
  }
  const region = executionArn.split(':')[3] ?? client.region;
  if (region === undefined || region === '') {
    throw new UserError('usage', 'No AWS Region: name one with --region, or set AWS_REGION');
  }
  return `https://${region}.console.aws.amazon.com/states/home?region=${region}#/v2/executions/details/${executionArn}`;
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Where there is no browser the URL is printed already. */
function openInBrowser(url: string): void {
  const [file = '', ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(file, [...args, url], { detached: true, stdio: 'ignore' });
  child.once('error', () => undefined);
  child.unref();
}
