import { jsonText } from '../../core/exact-json/exact-number.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { Integration } from './integrations.ts';
import { withChecksum } from './put-checksum.ts';
import type { SdkShape } from './sdk-shape.ts';
import { toModelInput } from './sdk-values.ts';

/** Services whose API members begin in lower case; workflows write all members in PascalCase. */
const CAMEL_CASE_SERVICES: ReadonlySet<string> = new Set(['states', 'logs']);

/** Members that hold text, and into which a workflow may put any JSON. */
const TEXT_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'events:PutEvents': ['Detail'],
  'sns:Publish': ['Message'],
  'sqs:SendMessage': ['MessageBody'],
  'states:SendTaskSuccess': ['Output'],
  'states:StartExecution': ['Input'],
  'states:StartSyncExecution': ['Input'],
};

/** Members that hold a point in time; workflows write them in ISO 8601. */
const TIME_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'events:PutEvents': ['Time'],
  'monitoring:GetMetricData': ['StartTime', 'EndTime'],
  'monitoring:GetMetricStatistics': ['StartTime', 'EndTime'],
  'monitoring:PutMetricData': ['Timestamp'],
};

/** Turns the Parameters of a Task into the SDK's input; a member that is null is left out, as AWS does. */
export function toSdkInput(
  integration: Integration,
  parameters: JsonObject,
  shape?: SdkShape,
): object {
  const { service, action } = integration;
  if (service === 'lambda' && action === 'Invoke') return toInvokeInput(parameters);
  if (shape !== undefined) return toModelled(integration, parameters, shape);
  const key = `${service}:${action}`;
  const rules = {
    text: ownMember(TEXT_MEMBERS, key) ?? [],
    time: ownMember(TIME_MEMBERS, key) ?? [],
    camelCase: CAMEL_CASE_SERVICES.has(service),
  };
  const members = toMembers(parameters, rules);
  // ResultWriter's files come as text.
  return key === 's3:PutObject' ? withChecksum(members) : members;
}

function toModelled(integration: Integration, parameters: JsonObject, shape: SdkShape): object {
  const { service, action } = integration;
  const texts = ownMember(TEXT_MEMBERS, `${service}:${action}`) ?? [];
  const input = toModelInput(shape, withTexts(parameters, texts));
  if (typeof input !== 'object' || input === null) return {};
  if (service !== 's3' || action !== 'PutObject') return input;
  // AWS: an object's body is the JSON text of what the workflow gives.
  return withChecksum({ ContentType: 'text/plain; charset=UTF-8', ...input });
}

/** Writes the members that hold text, wherever they stand. */
function withTexts(value: JsonObject, texts: readonly string[]): JsonObject {
  if (texts.length === 0) return value;
  const inner = (name: string, member: Json): Json => {
    if (member === null) return member;
    if (texts.includes(name)) return toText(name, member);
    if (Array.isArray(member)) return member.map((item: Json) => inner('', item));
    return isJsonObject(member) ? withTexts(member, texts) : member;
  };
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, inner(name, member)]),
  );
}

interface InputRules {
  readonly text: readonly string[];
  readonly time: readonly string[];
  readonly camelCase: boolean;
}

function toMembers(value: JsonObject, rules: InputRules): Record<string, unknown> {
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(
    members.map(([name, member]) => [
      rules.camelCase ? name.charAt(0).toLowerCase() + name.slice(1) : name,
      toMember(name, member, rules),
    ]),
  );
}

function toMember(name: string, value: Json, rules: InputRules): unknown {
  if (rules.text.includes(name)) return toText(name, value);
  if (rules.time.includes(name) && typeof value === 'string') return new Date(value);
  if (Array.isArray(value)) return value.map((item) => toMember('', item, rules));
  return isJsonObject(value) ? toMembers(value, rules) : value;
}

/** A text stays as it is, unless it is the input of an execution, which has to be JSON. */
function toText(name: string, value: Json): string {
  if (typeof value !== 'string') return jsonText(value);
  return name === 'Input' && parseJson(value) === undefined ? jsonText(value) : value;
}

function toInvokeInput({ Payload, ...rest }: JsonObject): object {
  const members = Object.entries(rest).filter(([, member]) => member !== null);
  const payload = Payload === undefined || Payload === null ? {} : Payload;
  return {
    ...Object.fromEntries(members),
    // AWS: a text is the payload itself, where it is JSON.
    Payload: new TextEncoder().encode(
      typeof payload === 'string' && parseJson(payload) !== undefined ? payload : jsonText(payload),
    ),
  };
}

/** Returns whether the service's API writes its members in camelCase. */
export function isCamelCase({ service }: Integration): boolean {
  return CAMEL_CASE_SERVICES.has(service);
}
