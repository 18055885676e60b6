import type { ClientOptions } from '../../core/client-options.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { ConsoleCall } from './console-options.ts';

/** An SDK package, and the name of its client. */
interface Sdk {
  readonly client: string;
  load(): Promise<object>;
}

/** The SDK packages of the services that the console calls. */
const SDKS: Readonly<Record<string, Sdk>> = {
  states: { client: 'SFNClient', load: () => import('@aws-sdk/client-sfn') },
  events: { client: 'EventBridgeClient', load: () => import('@aws-sdk/client-eventbridge') },
  lambda: { client: 'LambdaClient', load: () => import('@aws-sdk/client-lambda') },
  logs: { client: 'CloudWatchLogsClient', load: () => import('@aws-sdk/client-cloudwatch-logs') },
  monitoring: { client: 'CloudWatchClient', load: () => import('@aws-sdk/client-cloudwatch') },
  sqs: { client: 'SQSClient', load: () => import('@aws-sdk/client-sqs') },
  s3: { client: 'S3Client', load: () => import('@aws-sdk/client-s3') },
  secretsmanager: {
    client: 'SecretsManagerClient',
    load: () => import('@aws-sdk/client-secrets-manager'),
  },
  dynamodb: { client: 'DynamoDBClient', load: () => import('@aws-sdk/client-dynamodb') },
};

/** The part of a client that sends a command; its commands are made of their names. */
interface Sender {
  send(command: unknown): Promise<object>;
}

/**
 * Makes calls of AWS by the SDK, which signs them with the person's credentials: they never reach the
 * browser.
 *
 * @param options Profile, Region or endpoint.
 */
export function createSdkCall(options: ClientOptions): ConsoleCall {
  const clients = new Map<string, Promise<{ sdk: object; client: Sender }>>();
  async function open(service: string): Promise<{ sdk: object; client: Sender }> {
    const known = ownMember(SDKS, service);
    if (known === undefined) throw new RangeError(`Cannot call ${service}: it has no SDK here`);
    const sdk = await known.load();
    const client: unknown = Reflect.construct(constructorOf(sdk, known.client), [options]);
    if (!isSender(client)) throw new TypeError(`${known.client} sends nothing`);
    return { sdk, client };
  }
  return async (service, action, input) => {
    const opened = clients.get(service) ?? open(service);
    clients.set(service, opened);
    const { sdk, client } = await opened;
    return client.send(Reflect.construct(constructorOf(sdk, `${action}Command`), [input]));
  };
}

function constructorOf(sdk: object, name: string): new () => object {
  const found: unknown = Reflect.get(sdk, name);
  if (!isConstructor(found)) throw new RangeError(`The SDK has no ${name}`);
  return found;
}

function isConstructor(value: unknown): value is new () => object {
  return typeof value === 'function' && value.prototype !== undefined;
}

function isSender(value: unknown): value is Sender {
  return typeof value === 'object' && value !== null && 'send' in value;
}
