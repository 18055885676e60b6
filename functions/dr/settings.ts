import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { InvalidPlanError } from './errors.ts';

const client = new SSMClient({});

/**
 * Reads the parameters of those names, in their order; nothing is kept between calls, so that a
 * switch that was turned off is off.
 * @throws {InvalidPlanError} When one of them is not there.
 */
export async function readParameters(names: readonly string[]): Promise<readonly string[]> {
  const { Parameters: parameters = [] } = await client.send(
    new GetParametersCommand({ Names: [...names] }),
  );
  return names.map((name) => {
    const value = parameters.find((parameter) => parameter.Name === name)?.Value;
    if (value === undefined) throw new InvalidPlanError(`There is no parameter "${name}"`);
    return value;
  });
}
