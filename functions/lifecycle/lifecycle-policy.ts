import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { requiredVariable } from '../shared/environment.ts';
import { type LifecyclePolicy, parsePolicyText } from './assessment/policy.ts';

const name = requiredVariable('LIFECYCLE_POLICY_PARAMETER');
const client = new SSMClient({});

/**
 * Reads the policy as it is configured now.
 * @throws {InvalidLifecyclePolicyError} When S3 would refuse it.
 */
export async function readPolicy(): Promise<LifecyclePolicy> {
  const { Parameter: parameter } = await client.send(new GetParameterCommand({ Name: name }));
  return parsePolicyText(parameter?.Value ?? '');
}
