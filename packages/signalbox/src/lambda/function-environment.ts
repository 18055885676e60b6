import type { FunctionResource } from '../template/app.ts';

/** Credentials of a function's role. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The parts of a function's environment besides the function. */
export interface EnvironmentOptions {
  readonly region: string;
  readonly endpointUrl: string;
  readonly credentials: RoleCredentials;
  readonly taskRoot: string;
  readonly logStream: string;
}

/**
 * Makes the whole environment of a function: Lambda's defaults, the function's own, then what no
 * function may set (Lambda Developer Guide, "Defined runtime environment variables").
 */
export function toFunctionEnvironment(
  resource: FunctionResource,
  options: EnvironmentOptions,
): Readonly<Record<string, string>> {
  const { region, credentials } = options;
  return {
    PATH: process.env['PATH'] ?? '',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    // A home that does not exist, as in Lambda: the AWS SDK must not read the developer's profiles.
    HOME: '/home/sbx_user1051',
    ...resource.environment,
    // A template may declare it empty for `sam local invoke`, which passes only what is declared.
    AWS_ENDPOINT_URL: resource.environment['AWS_ENDPOINT_URL'] || options.endpointUrl,
    ...nodeOptions(resource),
    _HANDLER: resource.handler,
    LAMBDA_TASK_ROOT: options.taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${resource.runtime}`,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_LAMBDA_FUNCTION_NAME: resource.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(resource.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: resource.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: options.logStream,
  };
}

/** `sam build` adds the option to every function that has `Sourcemap: true`. */
function nodeOptions({ build, environment }: FunctionResource): Readonly<Record<string, string>> {
  const option = '--enable-source-maps';
  const given = environment['NODE_OPTIONS'] ?? '';
  if (!build.sourcemap || given.split(' ').includes(option)) return {};
  return { NODE_OPTIONS: [given, option].join(' ').trim() };
}
