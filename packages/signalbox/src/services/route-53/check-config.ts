import type { HealthCheckConfig } from '@aws-sdk/client-route-53';
import { invalidInput } from './route-53-errors.ts';

const TYPES = ['HTTP', 'HTTPS', 'TCP', 'RECOVERY_CONTROL'];

/** The members that the rehearsal does not support. */
const UNSERVED = [
  'SearchString',
  'HealthThreshold',
  'ChildHealthChecks',
  'AlarmIdentifier',
  'InsufficientDataHealthStatus',
] as const;

/** Checks the settings of a health check. @throws {AwsError} `InvalidInput`. */
export function checkConfig(config: HealthCheckConfig | undefined): HealthCheckConfig {
  const { Type: type } = config ?? {};
  if (config === undefined || type === undefined) {
    throw invalidInput('Invalid parameter : HealthCheckConfig.Type is required');
  }
  if (!TYPES.includes(type)) {
    throw invalidInput(`The rehearsal has no health checks of type ${type}`);
  }
  const unserved = UNSERVED.find((name) => config[name] !== undefined);
  if (unserved !== undefined) throw invalidInput(`The rehearsal has no ${unserved}`);
  if (type === 'RECOVERY_CONTROL') checkRecoveryControl(config);
  else checkEndpoint(config);
  return config;
}

function checkRecoveryControl({ RoutingControlArn: arn }: HealthCheckConfig): void {
  if (arn === undefined) {
    throw invalidInput('Invalid parameter : RoutingControlArn is required for RECOVERY_CONTROL');
  }
}

function checkEndpoint(config: HealthCheckConfig): void {
  if (config.FullyQualifiedDomainName === undefined && config.IPAddress === undefined) {
    throw invalidInput('Invalid parameter : FullyQualifiedDomainName or IPAddress is required');
  }
  if (config.Type === 'TCP' && config.Port === undefined) {
    throw invalidInput('Invalid parameter : Port is required for TCP');
  }
  if (![10, 30].includes(config.RequestInterval ?? 30)) {
    throw invalidInput('Invalid parameter : Request interval must be 10 or 30');
  }
  const threshold = config.FailureThreshold ?? 3;
  if (threshold < 1 || threshold > 10) {
    throw invalidInput('Invalid parameter : Failure threshold must be between 1 and 10');
  }
}
