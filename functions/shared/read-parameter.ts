import { object, optional, parse, string } from 'valibot';
import { AwsCallError, callAwsJson } from './aws-json-call.ts';
import { requiredVariable } from './environment.ts';

const AnswerSchema = object({ Parameter: object({ Value: optional(string(), '') }) });
const region = requiredVariable('AWS_REGION');

/**
 * Reads a parameter of Parameter Store as it is now; nothing is kept between calls.
 * @returns Its text; undefined where there is none of that name.
 */
export async function readParameter(name: string): Promise<string | undefined> {
  const ssm = { name: 'ssm', target: 'AmazonSSM', region };
  try {
    return parse(AnswerSchema, await callAwsJson(ssm, 'GetParameter', { Name: name })).Parameter
      .Value;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'ParameterNotFound') return undefined;
    throw error;
  }
}
