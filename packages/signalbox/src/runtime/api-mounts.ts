import type { Clock } from '../core/clock.ts';
import type { ServiceCall } from '../core/service.ts';
import { createHttpApi } from '../endpoint/http-api/http-api.ts';
import type { Principals } from '../endpoint/principals.ts';
import { createRestApi } from '../endpoint/rest-api/rest-api.ts';
import type { Mount } from '../endpoint/server.ts';
import type { App } from '../template/app.ts';
import type { OpenedServices } from './open-services.ts';

/** What the APIs of an app are made of. */
export interface ApiParts {
  readonly call: ServiceCall;
  readonly principals: Principals;
  readonly clock: Clock;
  readonly accountId: string;
  readonly region: string;
  readonly endpointUrl: string;
  readonly services: Pick<OpenedServices, 'ownMetrics'>;
}

/** Makes the mounts of an app's APIs, each under `/_aws/execute-api/<apiId>`. */
export function apiMounts(parts: ApiParts, { httpApis, restApis }: App): readonly Mount[] {
  const { call, principals, clock, accountId, region, services, endpointUrl } = parts;
  const base = {
    call,
    accountId,
    region,
    caller: { arn: 'apigateway.amazonaws.com' },
    callerOf: principals.callerOf,
    now: () => clock.now(),
  };
  const queueUrlOf = (name: string): string => `${endpointUrl}/${accountId}/${name}`;
  return [
    ...httpApis.map((api) => services.ownMetrics.api(api.id, createHttpApi({ ...base, api }))),
    ...restApis.map((api) => createRestApi({ ...base, api, queueUrlOf })),
  ];
}
