import { isJsonObject, parseJson } from '../core/json.ts';
import { textOf, valueAt } from './document/node.ts';
import type { Identities } from './identities.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { TemplateScope } from './intrinsics/scope.ts';
import type { Resource } from './sections.ts';

/** A dynamic reference: `{{resolve:<service>:<key>}}`. */
interface DynamicReference {
  readonly service: string;
  /** `/name[:version]`, or `<secret>[:SecretString[:member]]`. */
  readonly key: string;
}

/** Finds what a parameter or secret of the template says; undefined where none has the name. */
export function secretIn(
  live: readonly Resource[],
  { service, key }: DynamicReference,
  identities: Identities,
  scope: TemplateScope,
): string | undefined {
  const isSecret = service === 'secretsmanager';
  const type = isSecret ? 'AWS::SecretsManager::Secret' : 'AWS::SSM::Parameter';
  const found = live.find((resource) => {
    if (resource.type !== type) return false;
    const named = identities.of(resource);
    return [named?.name, named?.identity.ref].some(
      (name) => key === name || key.startsWith(`${name}:`),
    );
  });
  const node = found && valueAt(found.properties, isSecret ? 'SecretString' : 'Value');
  const text = textOf(node && resolve(node, scope));
  const member = isSecret ? /:SecretString:([^:]+)/.exec(key)?.[1] : undefined;
  if (text === undefined || member === undefined) return text;
  const json = parseJson(text);
  const value = isJsonObject(json) ? json[member] : undefined;
  return value === undefined ? undefined : String(value);
}
