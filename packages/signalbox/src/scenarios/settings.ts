import { isJsonObject, type Json } from '../core/json.ts';
import { ownMember } from '../core/names/own-member.ts';
import { UserError } from '../core/user-error.ts';
import type { Stage } from './stage.ts';

/** New values of SSM parameters by logical id: the whole text, or values at paths of its JSON. */
export type ScenarioSettings = Readonly<Record<string, string | Readonly<Record<string, Json>>>>;

/**
 * Changes settings of the stack; the returned function puts back what was there.
 * @throws {UserError} When the template has no such parameter, or a path leads nowhere.
 */
export async function changeSettings(
  { client, physicalId }: Stage,
  settings: ScenarioSettings,
): Promise<() => Promise<void>> {
  const changes = Object.entries(settings);
  if (changes.length === 0) return async () => {};
  const { GetParameterCommand, PutParameterCommand, SSMClient } = await import(
    '@aws-sdk/client-ssm'
  );
  const ssm = new SSMClient(client);
  const put = (Name: string, Value: string) =>
    ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true }));
  const earlier: [name: string, value: string][] = [];
  for (const [logicalId, change] of changes) {
    const name = physicalId(logicalId);
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
    const value = Parameter?.Value ?? '';
    earlier.push([name, value]);
    await put(name, typeof change === 'string' ? change : changedText(value, change));
  }
  return async () => {
    for (const [name, value] of earlier) await put(name, value);
  };
}

function changedText(text: string, change: Readonly<Record<string, Json>>): string {
  const before: Json = JSON.parse(text);
  return JSON.stringify(
    Object.entries(change).reduce(
      (value, [path, to]) => withValueAt(value, path.split('.'), to),
      before,
    ),
  );
}

/**
 * Gives a copy of a value with another at a path; the last key may be new.
 * @throws {UserError} When the path leads nowhere.
 */
export function withValueAt(value: Json, path: readonly string[], to: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (Array.isArray(value) && Number(key) < value.length) {
    return value.map((one, index) => (index === Number(key) ? withValueAt(one, rest, to) : one));
  }
  if (isJsonObject(value) && (rest.length === 0 || Object.hasOwn(value, key))) {
    return { ...value, [key]: withValueAt(ownMember(value, key) ?? null, rest, to) };
  }
  throw new UserError('invalid', `Nothing is at ${path.join('.')} of the setting`);
}
