import { randomUUID } from 'node:crypto';
import type { CreateHealthCheckRequest, TestDNSAnswerRequest } from '@aws-sdk/client-route-53';
import type { Clock } from '../../core/clock.ts';
import { type Action, action, actions, type Service } from '../../core/service.ts';
import type { SimulatedService } from '../../core/simulated-service.ts';
import { createHealthCheck, deleteHealthCheck, updateHealthCheck } from './change-health-checks.ts';
import { testDnsAnswer } from './dns-answer.ts';
import { HealthCheckStore } from './health-check-store.ts';
import type { Observe } from './health-target.ts';
import { getHostedZone, listHostedZones, listResourceRecordSets } from './hosted-zones.ts';
import {
  getHealthCheck,
  getHealthCheckCount,
  getHealthCheckStatus,
  listHealthChecks,
} from './read-health-checks.ts';
import { controlPlaneDown } from './route-53-errors.ts';
import { type Route53State, simulatedRoute53 } from './simulated-route-53.ts';

/** Amazon Route 53's health checks, and its hosted zones to read. */
export interface Route53 {
  readonly service: Service;
  readonly simulated: SimulatedService;
  /** Must hear of every change of something that a health check may look at, after it. */
  look(): void;
  /** Returns whether Route 53 takes a health check for healthy; undefined where there is none. */
  isHealthy(healthCheckId: string): boolean | undefined;
}

/** Route 53's clock, and its observer of targets. */
export interface Route53Options {
  readonly clock: Clock;
  /** Observes the target of a health check. */
  readonly observe: Observe;
  /** Makes the identifiers of health checks; random by default. */
  readonly uuid?: () => string;
}

/** Makes Amazon Route 53; there is nothing in it until it is seeded. */
export function createRoute53({ clock, observe, uuid = randomUUID }: Route53Options): Route53 {
  const checks = new HealthCheckStore(observe, () => clock.now().getTime());
  const state: Route53State = { checks, zones: [], isControlPlaneDown: false };
  return {
    service: {
      name: 'route53',
      client: '@aws-sdk/client-route-53',
      actions: { ...readingActions(state), ...changingActions(state, uuid) },
    },
    simulated: simulatedRoute53(state),
    look: () => checks.look(),
    isHealthy(id) {
      const check = checks.find(id);
      return check === undefined ? undefined : checks.isHealthy(check);
    },
  };
}

function readingActions(state: Route53State): Record<string, Action> {
  const { checks } = state;
  const ofZones =
    <Input extends object>(run: (zones: Route53State['zones'], input: Input) => object) =>
    (input: Input) =>
      run(state.zones, input);
  return actions({
    GetHealthCheck: (input: { HealthCheckId: string }) => getHealthCheck(checks, input),
    GetHealthCheckCount: () => getHealthCheckCount(checks),
    GetHealthCheckStatus: (input: { HealthCheckId: string }) => getHealthCheckStatus(checks, input),
    GetHostedZone: ofZones(getHostedZone),
    ListHealthChecks: (input: object) => listHealthChecks(checks, input),
    ListHostedZones: ofZones(listHostedZones),
    ListResourceRecordSets: ofZones(listResourceRecordSets),
    TestDNSAnswer: (input: TestDNSAnswerRequest) => testDnsAnswer(state.zones, checks, input),
  });
}

function changingActions(state: Route53State, uuid: () => string): Record<string, Action> {
  const { checks } = state;
  function changing<Input extends object>(
    run: (checks: HealthCheckStore, input: Input) => object,
  ): Action {
    return action((input: Input) => {
      if (state.isControlPlaneDown) throw controlPlaneDown();
      return run(checks, input);
    });
  }
  return {
    CreateHealthCheck: changing((store, input: CreateHealthCheckRequest) =>
      createHealthCheck(store, uuid(), input),
    ),
    DeleteHealthCheck: changing(deleteHealthCheck),
    UpdateHealthCheck: changing(updateHealthCheck),
  };
}
