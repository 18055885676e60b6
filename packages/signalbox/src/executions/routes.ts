import type { RoutingConfigurationListItem } from '@aws-sdk/client-sfn';
import { AwsError } from '../core/aws-error.ts';
import { resourceNotFound, validation } from './refusals.ts';
import type { StatesContext } from './states-context.ts';
import { machineArnOf, type VersionRoute } from './versions.ts';

/** AWS: an alias leads to one version or to two. */
const MAX_ROUTES = 2;
const ALL_PERCENT = 100;

/** Reads an alias's routes. @throws {AwsError} `ValidationException` or `ResourceNotFound`. */
export function readRoutes(
  { versions }: StatesContext,
  items: readonly RoutingConfigurationListItem[] | undefined,
  machineArn?: string,
): readonly VersionRoute[] {
  const routes = readItems(items);
  const arns = routes.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  const received = `Received: [${arns.join(', ')}]`;
  if (new Set(arns).size !== arns.length) {
    throw refused(
      `Routing configuration must contain distinct state machine version ARNs. ${received}`,
    );
  }
  if (!arns.every((arn) => /^arn:[^:]+:states:[^:]+:\d+:stateMachine:[^:]+:\d+$/.test(arn))) {
    throw refused(`Routing configuration must contain state machine version ARNs. ${received}`);
  }
  checkWeights(routes);
  const [first = ''] = arns;
  if (arns.some((arn) => machineArnOf(arn) !== (machineArn ?? machineArnOf(first)))) {
    throw refused(
      `Routing configuration must contain versions of the same state machine. ${received}`,
    );
  }
  const missing = arns.find((arn) => versions.version(arn) === undefined);
  if (missing !== undefined) throw resourceNotFound(missing);
  return routes;
}

function readItems(
  items: readonly RoutingConfigurationListItem[] | undefined,
): readonly VersionRoute[] {
  if (items === undefined) {
    throw validation(
      "Value null at 'routingConfiguration' failed to satisfy constraint: Member must not be null",
    );
  }
  if (items.length === 0 || items.length > MAX_ROUTES) {
    const bound =
      items.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ROUTES}`;
    throw validation(
      `Value '${JSON.stringify(items)}' at 'routingConfiguration' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  return items.map(({ stateMachineVersionArn = '', weight = 0 }) => ({
    stateMachineVersionArn,
    weight,
  }));
}

function checkWeights(routes: readonly VersionRoute[]): void {
  const weights = routes.map(({ weight }) => weight);
  for (const [index, weight] of weights.entries()) {
    if (weight >= 0 && weight <= ALL_PERCENT) continue;
    const bound = weight < 0 ? 'greater than or equal to 0' : 'less than or equal to 100';
    throw validation(
      `Value '${weight}' at 'routingConfiguration.${index + 1}.member.weight' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  if (weights.reduce((sum, weight) => sum + weight, 0) === ALL_PERCENT) return;
  throw refused(
    `Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`,
  );
}

/** The route that a number in [0, 1) falls on. */
export function chooseRoute(
  routes: readonly VersionRoute[],
  random: number,
): VersionRoute | undefined {
  let sum = 0;
  return routes.find(({ weight }) => {
    sum += weight;
    return random * ALL_PERCENT < sum;
  });
}

function refused(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
