import { bad, ok, type Result } from '../core/result.ts';

/** One thing on AWS itself that calls go to instead of the rehearsal. */
export interface PassthroughTarget {
  readonly service: 'lambda' | 'dynamodb';
  /** A function's or a table's name. */
  readonly name: string;
  /** The Region of its ARN; undefined where a name alone was given. */
  readonly region: string | undefined;
}

const ARN = /^arn:aws[a-z-]*:(lambda|dynamodb):([a-z0-9-]+):\d{12}:(?:function:|table\/)([\w.-]+)$/;
const NAME = /^[\w.-]+$/;

/**
 * Reads what `--passthrough` takes.
 * @param text Such as `lambda:arn:aws:lambda:eu-west-1:123456789012:function:quote,dynamodb:Prices`.
 */
export function parsePassthrough(text: string): Result<readonly PassthroughTarget[]> {
  const results = text.split(',').map((one) => readTarget(one.trim()));
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  if (problems.length > 0) return bad(...problems);
  return ok(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

function readTarget(text: string): Result<PassthroughTarget> {
  const colon = text.indexOf(':');
  const service = text.slice(0, colon);
  const what = text.slice(colon + 1);
  if (service !== 'lambda' && service !== 'dynamodb') {
    const message = `--passthrough takes lambda:FUNCTION and dynamodb:TABLE, by name or ARN, not "${text}"`;
    return bad({ message });
  }
  const [, ofArn, region, nameOfArn] = ARN.exec(what) ?? [];
  const name = ofArn === service ? nameOfArn : undefined;
  if (name !== undefined && region !== undefined) return ok({ service, name, region });
  if (NAME.test(what)) return ok({ service, name: what, region: undefined });
  const noun = service === 'lambda' ? 'function' : 'table';
  return bad({ message: `"${what}" of --passthrough is no name or ARN of a ${noun}` });
}

/** Writes a target as `--passthrough` takes it. */
export function passthroughText({ service, name, region }: PassthroughTarget): string {
  return `${service} ${name}${region === undefined ? '' : ` in ${region}`}`;
}
