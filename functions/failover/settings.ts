import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { InvalidPlanError } from './errors.ts';

const client = new SSMClient({});

/**
 * Reads the parameters of those names, in their order; nothing is kept between calls, so that a
 * switch that was turned off is off.
 * @throws {InvalidPlanError} When one of them is not there.
 */
export function readParameters(names: readonly string[]): Promise<readonly string[]> {
  return Promise.all(names.map(readParameter));
}

async function readParameter(name: string): Promise<string> {
  try {
    const { Parameter: parameter } = await client.send(new GetParameterCommand({ Name: name }));
    return parameter?.Value ?? '';
  } catch (error) {
    if (error instanceof ParameterNotFound) {
      throw new InvalidPlanError(`There is no parameter "${name}"`);
    }
    throw error;
  }
}
