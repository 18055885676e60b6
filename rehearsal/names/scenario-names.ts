import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { isJsonObject, parseJson, physicalId, type StackPlace } from 'signalbox';

/** The scenarios of the failover plan; not read by its schema, since a shell waits for them. */
export async function scenarioNames(place: StackPlace): Promise<readonly string[]> {
  const Name = await physicalId(place, 'AWS::SSM::Parameter', 'DrPlan');
  const { Parameter } = await new SSMClient(place.client).send(new GetParameterCommand({ Name }));
  const plan = parseJson(Parameter?.Value ?? '');
  const scenarios = isJsonObject(plan) ? plan['scenarios'] : undefined;
  return isJsonObject(scenarios) ? Object.keys(scenarios) : [];
}
