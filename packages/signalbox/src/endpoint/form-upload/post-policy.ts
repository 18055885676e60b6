import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, parseJson } from '../../core/json.ts';

/** The fields of a form without its file, their names in lower case. */
export type FormFields = ReadonlyMap<string, string>;

/** What a policy says nothing of. */
const UNSAID = /^(?:awsaccesskeyid|file|policy|signature|x-amz-signature|x-ignore-.*)$/;

/**
 * Holds a form against its policy.
 *
 * @param fields With `bucket` beside those of the form.
 * @param bytes The size of the file.
 * @param nowMs When it comes: policies are signed by the client's clock.
 * @throws {AwsError} `AccessDenied`, `EntityTooLarge`, `EntityTooSmall` or `InvalidPolicyDocument`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function checkPolicy(fields: FormFields, bytes: number, nowMs: number): void {
  const text = Buffer.from(fields.get('policy') ?? '', 'base64').toString();
  const policy = parseJson(text);
  if (!isJsonObject(policy) || !Array.isArray(policy['conditions'])) {
    throw invalidPolicy('Invalid JSON.');
  }
  const expiresAtMs = Date.parse(String(policy['expiration']));
  if (Number.isNaN(expiresAtMs)) throw invalidPolicy("Invalid 'expiration' value");
  if (expiresAtMs <= nowMs) throw denied('Policy expired.');
  const conditions = policy['conditions'].flatMap(conditionsOf);
  for (const condition of conditions) checkCondition(condition, fields, bytes);
  const said = new Set(conditions.map(({ field }) => field));
  const extra = [...fields.keys()].filter((name) => !UNSAID.test(name) && !said.has(name));
  const unasked = extra.filter((name) => name !== 'bucket');
  if (unasked.length > 0) throw denied(`Extra input fields: ${unasked.join(', ')}`);
}

interface Condition {
  readonly operator: string;
  /** In lower case. */
  readonly field: string;
  readonly operands: readonly string[];
  /** As it is written. */
  readonly text: string;
}

function conditionsOf(written: Json): readonly Condition[] {
  const text = JSON.stringify(written);
  if (Array.isArray(written)) {
    const [operator = '', first = '', ...operands] = written.map(String);
    if (operator === 'content-length-range') {
      return [{ operator, field: '', operands: [first, ...operands], text }];
    }
    return [{ operator, field: first.replace(/^\$/, '').toLowerCase(), operands, text }];
  }
  if (!isJsonObject(written)) throw invalidPolicy('Invalid condition.');
  return Object.entries(written).map(([name, value]) => ({
    ...{ operator: 'eq', field: name.toLowerCase(), operands: [String(value)] },
    text: JSON.stringify(['eq', `$${name}`, value]),
  }));
}

function checkCondition(
  { operator, field, operands: [first = '', second = ''], text }: Condition,
  fields: FormFields,
  bytes: number,
): void {
  const value = fields.get(field) ?? '';
  switch (operator) {
    case 'eq':
      if (value !== first) throw denied(`Policy Condition failed: ${text}`);
      return;
    case 'starts-with':
      if (!value.startsWith(first)) throw denied(`Policy Condition failed: ${text}`);
      return;
    case 'content-length-range':
      checkSize(bytes, Number(first), Number(second));
      return;
    default:
      throw invalidPolicy(`Invalid condition: ${text}`);
  }
}

function checkSize(bytes: number, min: number, max: number): void {
  if (bytes > max) {
    const message = 'Your proposed upload exceeds the maximum allowed size';
    const sizes = { ProposedSize: String(bytes), MaxSizeAllowed: String(max) };
    throw new AwsError('EntityTooLarge', message, sizes);
  }
  if (bytes < min) {
    const message = 'Your proposed upload is smaller than the minimum allowed size';
    const sizes = { ProposedSize: String(bytes), MinSizeAllowed: String(min) };
    throw new AwsError('EntityTooSmall', message, sizes);
  }
}

function denied(why: string): AwsError {
  return new AwsError('AccessDenied', `Invalid according to Policy: ${why}`);
}

function invalidPolicy(why: string): AwsError {
  return new AwsError('InvalidPolicyDocument', `Invalid Policy: ${why}`);
}
