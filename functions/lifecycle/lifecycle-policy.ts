import { requiredVariable } from '../shared/environment.ts';
import { readParameter } from '../shared/read-parameter.ts';
import { type LifecyclePolicy, parsePolicyText } from './assessment/policy.ts';

const name = requiredVariable('LIFECYCLE_POLICY_PARAMETER');

/**
 * Reads the policy as it is configured now.
 * @throws {InvalidLifecyclePolicyError} When it is not there, or S3 would refuse it.
 */
export async function readPolicy(): Promise<LifecyclePolicy> {
  return parsePolicyText((await readParameter(name)) ?? '');
}
