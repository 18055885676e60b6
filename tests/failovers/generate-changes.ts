import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import type { Random } from './random.ts';

const CONTROL_PANEL =
  'arn:aws:route53-recovery-control::123456789012:controlpanel/0123456789abcdef0123456789abcdef';
const CONTROL_EAST = `${CONTROL_PANEL}/routingcontrol/00000000000000ea`;
const CONTROL_WEST = `${CONTROL_PANEL}/routingcontrol/00000000000000e5`;

const POLICIES = ['required', 'not-required'];

/** Chooses how a run's failover plan differs from the one that is deployed, by paths of its JSON. */
export function changesOf(random: Random, plan: Json): Readonly<Record<string, Json>> {
  const scenarios = isJsonObject(plan) ? plan['scenarios'] : undefined;
  if (!isJsonObject(scenarios)) throw new RangeError('The failover plan has no scenarios');
  return {
    'approval.real': random.pick(POLICIES),
    'approval.drill': random.pick(POLICIES),
    'approval.automatic': random.pick(POLICIES),
    'approval.timeoutSeconds': random.pick([60, 900]),
    cooldownMinutes: random.pick([0, 1, 60]),
    verificationTimeoutSeconds: random.pick([30, 120, 600]),
    scenarios: Object.fromEntries(
      Object.entries(scenarios).map(([name, scenario]) => [
        name,
        changedScenario(random, scenario),
      ]),
    ),
  };
}

function changedScenario(random: Random, scenario: Json): Json {
  const waves = isJsonObject(scenario) && Array.isArray(scenario['waves']) ? scenario['waves'] : [];
  const changed = waves.filter(isJsonObject).map(({ name, steps }) => ({
    name: name ?? '',
    steps: (Array.isArray(steps) ? steps : [])
      .filter(isJsonObject)
      .map((step) => changedStep(random, step)),
  }));
  if (changed.length === 1 || !random.chance(0.2)) return { waves: changed };
  // All at once: more is under way when something goes wrong.
  return { waves: [{ name: 'all', steps: changed.flatMap(({ steps }) => steps) }] };
}

function changedStep(random: Random, step: JsonObject): JsonObject {
  const paced = {
    ...step,
    ...(random.chance(0.3) && { timeoutSeconds: random.pick([30, 60, 120]) }),
    ...(random.chance(0.3) && { waitSeconds: random.pick([2, 20, 60]) }),
  };
  switch (step['kind']) {
    case 'auto-scaling-group':
      return {
        ...paced,
        desiredCapacity: random.pick([2, 4, 6, 8, 10]),
        mayRaiseMaxSize: random.chance(0.6),
        ...(random.chance(0.1) && { vcpus: { quota: 12, perInstance: 2 } }),
      };
    case 'routing-controls':
    case 'health-check-object':
      return trafficStep(random);
    default:
      return paced;
  }
}

/** Either of the two ways in which traffic is moved. */
function trafficStep(random: Random): JsonObject {
  const undo = random.pick(['graceful', 'never']);
  return random.chance(0.6)
    ? { kind: 'routing-controls', on: [CONTROL_EAST], off: [CONTROL_WEST], undo }
    : {
        kind: 'health-check-object',
        bucket: 'web-platform-standby',
        key: 'stop-web-west',
        settleSeconds: random.pick([0, 30, 90]),
        undo,
      };
}
