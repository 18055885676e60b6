import { UserError } from '../core/user-error.ts';
import type { CallAws } from './create-passthrough.ts';

/** Whose credentials are used, and where. */
export interface AwsOptions {
  /** An AWS profile; the SDK's own default unless given. */
  readonly profile: string | undefined;
  /** The Region of targets that name none. */
  readonly region: string;
  /** Another endpoint than AWS's, for tests. */
  readonly endpoint?: string | undefined;
}

/** A client of an SDK package, and its commands by their names. */
interface Sdk {
  readonly send: (command: unknown) => Promise<object>;
  readonly commands: Readonly<Record<string, unknown>>;
}

/**
 * Makes what calls AWS with the caller's own credentials. AWS_ENDPOINT_URL, which often leads to the rehearsal
 * itself, has no say: the endpoint is AWS's.
 */
export function createCallAws(options: AwsOptions): CallAws {
  const clients = new Map<string, Promise<Sdk>>();
  return async (service, action, input, region = options.region) => {
    const key = `${service} ${region}`;
    const sdk = clients.get(key) ?? openSdk(service, region, options);
    clients.set(key, sdk);
    const { send, commands } = await sdk;
    const command = commands[`${action}Command`];
    if (typeof command !== 'function') {
      throw new UserError('usage', `AWS has no action ${action} of ${service}`);
    }
    const { $metadata, ...output } = Object.assign(
      { $metadata: undefined },
      await send(Reflect.construct(command, [input])),
    );
    return output;
  };
}

async function openSdk(
  service: 'lambda' | 'dynamodb',
  region: string,
  { profile, endpoint = endpointOf(service, region) }: AwsOptions,
): Promise<Sdk> {
  const settings = { region, endpoint, ...(profile === undefined ? {} : { profile }) };
  if (service === 'lambda') {
    const sdk = await import('@aws-sdk/client-lambda');
    const client = new sdk.LambdaClient(settings);
    return { commands: { ...sdk }, send: (command) => sendWith(client, command) };
  }
  const sdk = await import('@aws-sdk/client-dynamodb');
  const client = new sdk.DynamoDBClient(settings);
  return { commands: { ...sdk }, send: (command) => sendWith(client, command) };
}

/** Commands are found by their names, so what a client takes is known to be right only here. */
async function sendWith(client: object, command: unknown): Promise<object> {
  const send: unknown = Reflect.get(client, 'send');
  if (typeof send !== 'function') throw new TypeError('This is no client');
  const output: unknown = await Reflect.apply(send, client, [command]);
  return typeof output === 'object' && output !== null ? output : {};
}

function endpointOf(service: string, region: string): string {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${service}.${region}.${domain}`;
}
