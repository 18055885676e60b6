import { isDeepStrictEqual } from 'node:util';
import type {
  CreateHealthCheckRequest,
  CreateHealthCheckResponse,
  DeleteHealthCheckRequest,
  HealthCheckConfig,
  ResettableElementName,
  UpdateHealthCheckRequest,
  UpdateHealthCheckResponse,
} from '@aws-sdk/client-route-53';
import { checkConfig } from './check-config.ts';
import type { HealthCheckStore } from './health-check-store.ts';
import { healthCheckOf } from './read-health-checks.ts';
import {
  healthCheckAlreadyExists,
  healthCheckVersionMismatch,
  invalidInput,
} from './route-53-errors.ts';

/**
 * CreateHealthCheck: the same reference with the same settings returns the one that is there.
 * @throws {AwsError} `HealthCheckAlreadyExists` or `InvalidInput`.
 */
export function createHealthCheck(
  store: HealthCheckStore,
  id: string,
  input: CreateHealthCheckRequest,
): CreateHealthCheckResponse {
  const { CallerReference: callerReference } = input;
  if (callerReference === undefined) {
    throw invalidInput('Invalid parameter : CallerReference is required');
  }
  const config = checkConfig(input.HealthCheckConfig);
  const known = store.all().find((check) => check.callerReference === callerReference);
  if (known !== undefined && !isDeepStrictEqual(known.config, config)) {
    throw healthCheckAlreadyExists(callerReference);
  }
  const check = known ?? store.add({ id, callerReference, config });
  return {
    HealthCheck: healthCheckOf(check),
    Location: `https://route53.amazonaws.com/2013-04-01/healthcheck/${check.id}`,
  };
}

/** The members that an update may change: the type and the interval stay as they are. */
const CHANGED = [
  'IPAddress',
  'Port',
  'ResourcePath',
  'FullyQualifiedDomainName',
  'FailureThreshold',
  'Inverted',
  'Disabled',
  'EnableSNI',
  'Regions',
  'SearchString',
  'HealthThreshold',
  'ChildHealthChecks',
  'AlarmIdentifier',
  'InsufficientDataHealthStatus',
] as const;

/**
 * UpdateHealthCheck; a version in the input is an optimistic lock.
 * @throws {AwsError} `HealthCheckVersionMismatch`, `NoSuchHealthCheck` or `InvalidInput`.
 */
export function updateHealthCheck(
  store: HealthCheckStore,
  input: UpdateHealthCheckRequest,
): UpdateHealthCheckResponse {
  const check = store.get(input.HealthCheckId);
  const { HealthCheckVersion: version = check.version, ResetElements: reset = [] } = input;
  if (version !== check.version) throw healthCheckVersionMismatch(version, check.version);
  const given = CHANGED.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]));
  const changed = { ...without(check.config, reset), ...Object.fromEntries(given) };
  check.config = checkConfig(changed);
  check.version += 1;
  check.look(store.nowMs());
  return { HealthCheck: healthCheckOf(check) };
}

function without(
  config: HealthCheckConfig,
  names: readonly ResettableElementName[],
): HealthCheckConfig {
  const gone: readonly string[] = names;
  const kept = Object.entries(config).filter(([name]) => !gone.includes(name));
  return { Type: config.Type, ...Object.fromEntries(kept) };
}

/** DeleteHealthCheck. @throws {AwsError} `NoSuchHealthCheck`. */
export function deleteHealthCheck(
  store: HealthCheckStore,
  { HealthCheckId: id }: DeleteHealthCheckRequest,
): object {
  store.remove(store.get(id).id);
  return {};
}
