import type { Credentials } from '../../endpoint/principals.ts';
import type { App } from '../../template/app.ts';
import type { Answer } from './mount.ts';

/** Where the rehearsal gives what a function runs with, for those who run it themselves. */
export const ENVIRONMENTS_MOUNT = '/_signalbox/environments';

/** What the environments of functions are made of. */
export interface EnvironmentsSource {
  readonly app: App;
  readonly endpointUrl: string;
  readonly credentialsFor: (roleArn: string) => Credentials;
}

/**
 * `GET /` answers the rehearsal's URL, the environment of every function by its logical id (its own
 * variables, endpoint, Region, credentials of its role), and whether the template declares the endpoint.
 */
export function answerEnvironments({
  app,
  endpointUrl,
  credentialsFor,
}: EnvironmentsSource): Answer {
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
