import { isJsonObject, type Json } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { TemplateInput } from './template-input.ts';

/** The names of a mapping template. */
export interface Scope {
  readonly input: TemplateInput;
  /** The body as JSON; null where it is none. */
  readonly body: Json;
  readonly variables: Map<string, Json>;
  /** Makes the error of what is not known. */
  readonly refuse: (what: string) => Error;
}

/** A value on which a member or a function is asked for, and the name where it is one of API Gateway's. */
export interface Owner {
  readonly name: string;
  readonly value: Json | undefined;
}

/** The value of a member such as `$context.requestId`. */
export function memberOf({ name, value }: Owner, key: string, scope: Scope): Json | undefined {
  if (name === 'input' && key === 'body') return scope.input.body;
  if (name === 'context') return ownMember(scope.input.context, key);
  return isJsonObject(value) ? ownMember(value, key) : undefined;
}

/** The value of a call such as `$input.json('$')`. */
export function called(
  owner: Owner,
  key: string,
  given: readonly (Json | undefined)[],
  scope: Scope,
): Json | undefined {
  const [first = '', second = ''] = given.map(textOf);
  if (owner.name === 'input') return inputCall(key, first, given.length, scope);
  if (owner.name === 'util') return utilCall(key, first, scope);
  switch (key) {
    case 'replaceAll':
      return textOf(owner.value).replaceAll(new RegExp(first, 'g'), second);
    case 'toString':
      return textOf(owner.value);
    case 'get':
      return memberOf(owner, first, scope);
    default:
      throw unknown(owner.name, key, scope);
  }
}

function inputCall(key: string, first: string, count: number, scope: Scope): Json | undefined {
  const { path, query, headers } = scope.input;
  switch (key) {
    case 'json':
      return JSON.stringify(at(scope.body, first) ?? '');
    case 'path':
      return at(scope.body, first);
    case 'params':
      if (count === 0) return { path, querystring: query, header: headers };
      return (
        ownMember(path, first) ??
        ownMember(query, first) ??
        ownMember(headers, first.toLowerCase()) ??
        ''
      );
    default:
      throw unknown('input', key, scope);
  }
}

function utilCall(key: string, first: string, scope: Scope): Json | undefined {
  switch (key) {
    case 'escapeJavaScript':
      return escaped(first);
    case 'urlEncode':
      return encodeURIComponent(first).replaceAll('%20', '+');
    case 'urlDecode':
      return new URLSearchParams(`a=${first}`).get('a') ?? '';
    case 'base64Encode':
      return Buffer.from(first).toString('base64');
    case 'base64Decode':
      return Buffer.from(first, 'base64').toString();
    case 'parseJson':
      return JSON.parse(first);
    default:
      throw unknown('util', key, scope);
  }
}

function unknown(name: string, key: string, { refuse }: Scope): Error {
  return refuse(`the function ${name === '' ? '' : `$${name}`}.${key}() of mapping templates`);
}

/** A value as the text of a template has it. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Follows a path such as `$.order.items[0]`. */
function at(body: Json, path: string): Json | undefined {
  const parts = path.replace(/^\$\.?/, '').match(/[^.[\]'"]+/g) ?? [];
  return parts.reduce<Json | undefined>((value, part) => {
    if (Array.isArray(value)) return value[Number(part)];
    return isJsonObject(value) ? ownMember(value, part) : undefined;
  }, body);
}

/** As JavaScript strings are escaped: API Gateway escapes single quotes too. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'").replaceAll('/', '\\/');
}
