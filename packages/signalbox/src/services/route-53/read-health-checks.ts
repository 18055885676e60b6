import type {
  GetHealthCheckCountResponse,
  GetHealthCheckResponse,
  GetHealthCheckStatusResponse,
  HealthCheckRegion,
  ListHealthChecksRequest,
  ListHealthChecksResponse,
  HealthCheck as WireHealthCheck,
} from '@aws-sdk/client-route-53';
import type { HealthCheck } from './health-check.ts';
import type { HealthCheckStore } from './health-check-store.ts';
import { invalidInput } from './route-53-errors.ts';

/** Writes a health check as the API does. */
export function healthCheckOf(check: HealthCheck): WireHealthCheck {
  const { Type: type, ...settings } = check.config;
  const usual =
    type === 'RECOVERY_CONTROL'
      ? {}
      : { RequestInterval: 30, FailureThreshold: 3, MeasureLatency: false };
  return {
    Id: check.id,
    CallerReference: check.callerReference,
    HealthCheckConfig: { Type: type, Inverted: false, Disabled: false, ...usual, ...settings },
    HealthCheckVersion: check.version,
  };
}

/** GetHealthCheck. @throws {AwsError} `NoSuchHealthCheck`. */
export function getHealthCheck(
  store: HealthCheckStore,
  { HealthCheckId: id }: { readonly HealthCheckId: string | undefined },
): GetHealthCheckResponse {
  return { HealthCheck: healthCheckOf(store.get(id)) };
}

/** GetHealthCheckCount. */
export function getHealthCheckCount(store: HealthCheckStore): GetHealthCheckCountResponse {
  return { HealthCheckCount: store.all().length };
}

/** The length of a page. @throws {AwsError} `InvalidInput`. */
export function maxItemsOf(given = 100): number {
  if (Number.isInteger(given) && given >= 1) return Math.min(given, 100);
  throw invalidInput('Invalid parameter : MaxItems must be 1 or more');
}

/** ListHealthChecks: a page begins with the check that the marker names. @throws {AwsError} `InvalidInput`. */
export function listHealthChecks(
  store: HealthCheckStore,
  { Marker: marker, MaxItems: given }: ListHealthChecksRequest,
): ListHealthChecksResponse {
  const maxItems = maxItemsOf(given);
  const all = store.all();
  const from = marker === undefined ? 0 : all.findIndex(({ id }) => id === marker);
  if (from < 0) throw invalidInput(`Invalid parameter : Marker ${marker} is not valid`);
  const page = all.slice(from, from + maxItems);
  const next = all[from + maxItems];
  return {
    HealthChecks: page.map(healthCheckOf),
    Marker: marker ?? '',
    IsTruncated: next !== undefined,
    ...(next !== undefined && { NextMarker: next.id }),
    MaxItems: maxItems,
  };
}

/** The places of Route 53's checkers, each with one of its addresses. */
const CHECKERS: readonly (readonly [HealthCheckRegion, string])[] = [
  ['us-east-1', '15.177.2.1'],
  ['us-west-1', '15.177.6.1'],
  ['us-west-2', '15.177.14.1'],
  ['eu-west-1', '15.177.10.1'],
  ['ap-southeast-1', '15.177.18.1'],
  ['ap-southeast-2', '15.177.22.1'],
  ['ap-northeast-1', '15.177.26.1'],
  ['sa-east-1', '15.177.34.1'],
];

/**
 * GetHealthCheckStatus: what each checker saw last, whatever the threshold; inverting changes nothing
 * in it. A disabled check is not looked at, and has no observations.
 * @throws {AwsError} `NoSuchHealthCheck`, `InvalidInput` for a routing control's check.
 */
export function getHealthCheckStatus(
  store: HealthCheckStore,
  { HealthCheckId: id }: { readonly HealthCheckId: string | undefined },
): GetHealthCheckStatusResponse {
  const check = store.get(id);
  const { Type: type, Disabled: isDisabled, Regions: regions = [] } = check.config;
  if (type === 'RECOVERY_CONTROL') {
    throw invalidInput(`Health check ${check.id} watches a routing control: nobody checks it`);
  }
  check.look(store.nowMs());
  const CheckedTime = new Date(store.nowMs());
  const chosen = CHECKERS.filter(([region]) => regions.length === 0 || regions.includes(region));
  const observations = chosen.map(([Region, IPAddress]) => ({
    Region,
    IPAddress,
    StatusReport: { Status: statusOf(check), CheckedTime },
  }));
  return { HealthCheckObservations: isDisabled === true ? [] : observations };
}

function statusOf({ isWell, config: { Type: type }, target }: HealthCheck): string {
  if (type === 'TCP') return isWell ? 'Success: TCP connection opened' : 'Failure: TCP timed out';
  if (isWell) return 'Success: HTTP Status Code 200, OK';
  const isObject = target.kind === 's3-object';
  return isObject
    ? 'Failure: HTTP Status Code 403, Forbidden'
    : 'Failure: HTTP Status Code 503, Service Unavailable';
}
