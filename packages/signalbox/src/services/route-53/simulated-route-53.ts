import type { JsonObject } from '../../core/json.ts';
import type { Fault, SimulatedService } from '../../core/simulated-service.ts';
import { UserError } from '../../core/user-error.ts';
import type { HealthCheck } from './health-check.ts';
import type { HealthCheckStore } from './health-check-store.ts';
import type { HostedZone } from './hosted-zones.ts';
import { readRoute53 } from './seed-route-53.ts';

/** The state of Route 53: its health checks and its hosted zones. */
export interface Route53State {
  readonly checks: HealthCheckStore;
  zones: readonly HostedZone[];
  /** Whether every change is refused. */
  isControlPlaneDown: boolean;
}

/** Makes Route 53's simulated resources. */
export function simulatedRoute53(state: Route53State): SimulatedService {
  const name = 'route-53';
  return {
    name,
    seed(section) {
      const { checks, zones } = readRoute53(name, section);
      state.checks.clear();
      for (const check of checks) state.checks.add(check);
      state.zones = zones;
      state.isControlPlaneDown = false;
    },
    show: () => show(state),
    faults: {
      'control-plane': controlPlaneFault(state),
      'health-check': healthCheckFault(state.checks),
    },
  };
}

function controlPlaneFault(state: Route53State): Fault {
  return {
    summary: 'Every change of Route 53 fails: its control plane is in us-east-1',
    start() {
      state.isControlPlaneDown = true;
      return 'changes of health checks fail, while DNS responds';
    },
    end() {
      state.isControlPlaneDown = false;
      return 'health checks can be changed again';
    },
  };
}

function healthCheckFault(checks: HealthCheckStore): Fault {
  const aimed = (target: string | undefined): HealthCheck => {
    const all = checks.all();
    const found =
      target === undefined
        ? all.find(({ config }) => config.Inverted !== true)
        : all.find(({ id, callerReference }) => [id, callerReference].includes(target));
    if (found !== undefined) return found;
    const known = all.map(({ callerReference }) => callerReference).join(', ');
    throw new UserError('usage', `There is no health check "${target}": choose one of ${known}`);
  };
  const set = (check: HealthCheck, isBroken: boolean): void => {
    check.isBroken = isBroken;
    check.look(checks.nowMs());
  };
  return {
    summary: 'The checkers of one health check fail, whatever they look at',
    target:
      'a health check by its ID or caller reference; the first that is not inverted by default',
    start(target) {
      const check = aimed(target);
      set(check, true);
      return `the checkers of ${check.callerReference} fail`;
    },
    end(target) {
      const check = aimed(target);
      set(check, false);
      return `the checkers of ${check.callerReference} see what is there`;
    },
  };
}

function show({ checks, isControlPlaneDown }: Route53State): JsonObject {
  return {
    healthChecks: Object.fromEntries(
      checks.all().map((check) => [
        check.callerReference,
        {
          id: check.id,
          isHealthy: checks.isHealthy(check),
          isInverted: check.config.Inverted === true,
          isDisabled: check.config.Disabled === true,
        },
      ]),
    ),
    controlPlane: isControlPlaneDown ? 'down' : 'up',
  };
}
