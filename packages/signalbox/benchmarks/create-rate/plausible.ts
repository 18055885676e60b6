import { isJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';

const ACCOUNT = '123456789012';
const REGION = 'us-east-1';
const PLACEHOLDER = /\$\{[^}]*\}|<[A-Za-z][\w -]*>|\{\{[\w .-]+\}\}|\[\[[\w .-]+\]\]/g;

/** Members of the language that hold a number. */
const NUMBERS =
  /^(\w*Seconds|MaxAttempts|MaxConcurrency|BackoffRate|MaxItems\w*|ToleratedFailure\w+)$/;

/** Writes a definition with a plausible value for each placeholder, as its deployment would. */
export function plausible(definition: JsonObject): JsonObject {
  return membersOf(definition);
}

function membersOf(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, member]) => [
      name.replace(PLACEHOLDER, wordOf),
      filledIn(name, member),
    ]),
  );
}

function filledIn(name: string, value: Json): Json {
  if (typeof value === 'string') {
    const isNumber = NUMBERS.test(name) && value.match(PLACEHOLDER)?.[0] === value;
    return isNumber ? 1 : textOf(name, value);
  }
  if (Array.isArray(value)) return value.map((item: Json) => filledIn(name, item));
  if (!isJsonObject(value)) return value;
  const intrinsic = intrinsicOf(value);
  return intrinsic === undefined ? membersOf(value) : textOf(name, intrinsic);
}

/** `{ "Fn::GetAtt": ["Charge", "Arn"] }` → `${Charge.Arn}`; undefined where it is none. */
function intrinsicOf(value: JsonObject): string | undefined {
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  const [name, argument] = entry;
  const text = (Array.isArray(argument) ? argument : [argument]).flat().map(String).join('.');
  if (name === 'Fn::Sub') return Array.isArray(argument) ? String(argument[0]) : text;
  return name === 'Ref' || name === 'Fn::GetAtt' || name === 'Fn::ImportValue'
    ? `\${${text}}`
    : undefined;
}

function textOf(name: string, text: string): string {
  const [whole] = text.match(PLACEHOLDER) ?? [];
  if (whole === text) return wholeOf(name, wordOf(whole));
  // In an expression a placeholder outside of quotes is a number, or an object of settings.
  if (text.startsWith('{%')) {
    return text.replace(PLACEHOLDER, (found, at: number) =>
      /['"`\w/:-]/.test(text[at - 1] ?? '') ? wordOf(found) : '1',
    );
  }
  return text.replace(PLACEHOLDER, wordOf);
}

/** What a member of this name must hold. */
function wholeOf(name: string, word: string): string {
  const arn = (service: string, resource: string): string =>
    `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
  const member = name.replace(/\.\$$/, '');
  if (member === 'Resource') {
    return /activity/i.test(word)
      ? arn('states', `activity:${word}`)
      : arn('lambda', `function:${word}`);
  }
  if (/StateMachineArn/.test(member)) return arn('states', `stateMachine:${word}`);
  if (/TopicArn/.test(member)) return arn('sns', word);
  if (/QueueUrl/.test(member)) return `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${word}`;
  if (/RoleArn/.test(member)) return `arn:aws:iam::${ACCOUNT}:role/${word}`;
  if (/ConnectionArn/.test(member)) return arn('events', `connection/${word}/1`);
  return member.endsWith('Arn') ? arn('lambda', `function:${word}`) : word;
}

/** A placeholder's own name, as a name that any service takes. */
function wordOf(placeholder: string): string {
  const inner = placeholder.replace(/^[${<[{]+|[}>\]]+$/g, '').trim();
  if (/account/i.test(inner)) return ACCOUNT;
  if (/region/i.test(inner)) return REGION;
  if (/partition/i.test(inner)) return 'aws';
  return inner.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'name';
}
