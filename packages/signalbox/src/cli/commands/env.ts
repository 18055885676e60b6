import type { Command } from 'commander';
import { isJsonObject, type Json } from '../../core/json.ts';
import { UserError } from '../../core/user-error.ts';
import type { AddCommand } from '../add-command.ts';
import { askRehearsal } from '../rehearsal-api.ts';
import type { Session } from '../session.ts';
import { hostOption } from './host-option.ts';

const ENVIRONMENTS = '/_signalbox/environments';

/** `env`: the environment of each function, for those who run it themselves. */
export const addEnv: AddCommand = (program, sessionOf) => {
  program
    .command('env [function]')
    .description(
      'print the environment variables of every function, or of one, as the running rehearsal sets them; with --json in the form of "sam local invoke --env-vars"',
    )
    .option(
      '--host <name>',
      'host name by which they reach the rehearsal, such as host.docker.internal from a container; allow it with "start --allow-host"',
      hostOption,
    )
    .action(async (name: string | undefined, { host }: EnvOptions, command: Command) => {
      const session = sessionOf(command);
      const found = await readEnvironments(session, host);
      const chosen = name === undefined ? found : found.filter((one) => isNamed(one, name));
      if (name !== undefined && chosen.length === 0) throw unknownFunction(name, found);
      const byId = Object.fromEntries(chosen.map((one) => [one.logicalId, one.environment]));
      session.output.document(byId, () => chosen.flatMap(linesOf));
      const undeclared = chosen.filter(({ declaresEndpoint }) => !declaresEndpoint);
      if (session.output.json && undeclared.length > 0) session.output.say(remarkOn(undeclared));
    });
};

interface EnvOptions {
  readonly host?: string;
}

/** A function and all that its environment holds. */
interface FunctionEnvironment {
  readonly logicalId: string;
  readonly declaresEndpoint: boolean;
  readonly environment: Readonly<Record<string, string>>;
}

async function readEnvironments(
  session: Session,
  host: string | undefined,
): Promise<readonly FunctionEnvironment[]> {
  const body = await askRehearsal(session, { path: ENVIRONMENTS, command: 'env' });
  const { endpointUrl, functions } = isJsonObject(body) ? body : {};
  if (typeof endpointUrl !== 'string' || !Array.isArray(functions)) {
    throw new UserError('usage', `${session.endpoint} is no rehearsal that knows "env"`);
  }
  const reachable = host === undefined ? endpointUrl : withHost(endpointUrl, host);
  return functions.map((one) =>
    environmentIn(one, (text) => text.replaceAll(endpointUrl, reachable)),
  );
}

function environmentIn(value: Json, rewrite: (text: string) => string): FunctionEnvironment {
  const { logicalId, declaresEndpoint, environment } = isJsonObject(value) ? value : {};
  const variables = Object.entries(isJsonObject(environment) ? environment : {});
  return {
    logicalId: String(logicalId),
    declaresEndpoint: declaresEndpoint === true,
    environment: Object.fromEntries(variables.map(([key, text]) => [key, rewrite(String(text))])),
  };
}

function withHost(url: string, host: string): string {
  const { port } = new URL(url);
  return `http://${host}${port === '' ? '' : `:${port}`}`;
}

function isNamed({ logicalId }: FunctionEnvironment, name: string): boolean {
  return logicalId === name || logicalId === `${name}Function`;
}

function unknownFunction(name: string, known: readonly FunctionEnvironment[]): UserError {
  const names = known.map(({ logicalId }) => logicalId).join(', ');
  return new UserError('not-found', `No function "${name}": there is ${names}`);
}

/** Lines that a shell reads: `eval "$(signalbox env ChargePayment)"`. */
function linesOf({ logicalId, environment }: FunctionEnvironment): readonly string[] {
  const exports = Object.entries(environment).map(
    ([key, text]) => `export ${key}='${text.replaceAll("'", "'\\''")}'`,
  );
  return [`# ${logicalId}`, ...exports];
}

function remarkOn(functions: readonly FunctionEnvironment[]): string {
  const names = functions.map(({ logicalId }) => logicalId).join(', ');
  return `"sam local invoke" passes only variables that the template declares: write AWS_ENDPOINT_URL: '' under Environment.Variables, or no call comes here (${names})`;
}
