import type { Credentials } from '../../endpoint/principals.ts';
import type { App } from '../../template/app.ts';
import type { MountHandler } from './mount.ts';

/** The path of the functions' environments, for those who run a function themselves. */
export const ENVIRONMENTS_MOUNT = '/_signalbox/environments';

/** The app, the endpoint and the credentials that the environments of functions are made of. */
export interface EnvironmentsSource {
  readonly app: App;
  readonly endpointUrl: string;
  readonly credentialsFor: (roleArn: string) => Credentials;
}

/**
 * `GET /` returns the rehearsal's URL, the environment of every function by its logical id (its own
 * variables, endpoint, Region, credentials of its role), and whether the template declares the endpoint.
 */
export function environmentsHandler({
  app,
  endpointUrl,
  credentialsFor,
}: EnvironmentsSource): MountHandler {
  return ({ method, parts }) => {
    if (method !== 'GET' || parts.length > 0) return undefined;
    const functions = app.functions.map(({ logicalId, environment, roleArn }) => {
      const { accessKeyId, secretAccessKey, sessionToken } = credentialsFor(roleArn);
      return {
        logicalId,
        declaresEndpoint: environment['AWS_ENDPOINT_URL'] !== undefined,
        environment: {
          ...environment,
          AWS_ENDPOINT_URL: environment['AWS_ENDPOINT_URL'] || endpointUrl,
          AWS_REGION: app.region,
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
          AWS_SESSION_TOKEN: sessionToken,
        },
      };
    });
    return { endpointUrl, functions };
  };
}
