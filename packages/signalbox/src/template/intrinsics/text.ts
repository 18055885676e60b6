import {
  isBroken,
  listNode,
  type Node,
  textNode,
  textOf,
  toJson,
  valueAt,
} from '../document/node.ts';
import { broken, itemsOf, listPart, refuse, textPart } from './arguments.ts';
import { attributeOf, refTo } from './references.ts';
import type { Call } from './scope.ts';
import { isSubName, parseSubText } from './sub-text.ts';

/** `Fn::Sub`: a text with `${Name}`, `${LogicalId.Attribute}` and `${!Literal}`. */
export function sub(call: Call): Node {
  const { argument } = call;
  const [template, variables] = argument.kind === 'list' ? argument.items : [argument];
  const text = textOf(template);
  const wrongLength = argument.kind === 'list' && argument.items.length !== 2;
  if (text === undefined || wrongLength || (variables && variables.kind !== 'map')) {
    return refuse(call, 'takes a text, or [text, { Name: value }]');
  }
  let result = '';
  for (const part of parseSubText(text)) {
    const value = 'literal' in part ? part.literal : subValue(call, part.name, variables);
    if (value === undefined) return broken(call);
    result += value;
  }
  return textNode(result, call.place);
}

function subValue(call: Call, name: string, variables: Node | undefined): string | undefined {
  const variable = valueAt(variables, name);
  if (variable !== undefined) return textPart(call, variable, `\${${name}}`);
  if (!isSubName(name)) {
    refuse(
      call,
      `takes letters, digits, periods and colons in \${${name}}: write \${!${name}} for the text itself`,
    );
    return undefined;
  }
  const dot = name.indexOf('.');
  const value =
    dot < 0
      ? refTo(call.scope, name, call.place)
      : attributeOf(call.scope, name.slice(0, dot), name.slice(dot + 1), call.place);
  if (value?.kind === 'broken') return undefined;
  const text = textOf(value);
  if (text === undefined) refuse(call, `takes a string for \${${name}}`);
  return text;
}

/** `Fn::Join`: `[delimiter, [values]]`. */
export function join(call: Call): Node {
  const items = itemsOf(call, '[delimiter, [values]]', 2);
  const delimiter = items && textPart(call, items[0], 'its delimiter');
  const values = items && listPart(call, items[1], 'its values');
  if (delimiter === undefined || values === undefined || values.some(isBroken)) return broken(call);
  const texts = values.map(textOf);
  if (texts.some((text) => text === undefined)) return refuse(call, 'takes strings as its values');
  return textNode(texts.join(delimiter), call.place);
}

/** `Fn::Split`: `[delimiter, text]`. */
export function split(call: Call): Node {
  const items = itemsOf(call, '[delimiter, text]', 2);
  const delimiter = items && textPart(call, items[0], 'its delimiter');
  const text = items && textPart(call, items[1], 'its text');
  if (delimiter === undefined || text === undefined) return broken(call);
  if (delimiter === '') return refuse(call, 'takes a delimiter of one character or more');
  return listNode(
    text.split(delimiter).map((part) => textNode(part, call.place)),
    call.place,
  );
}

/** `Fn::Base64`: a text in base64. */
export function base64(call: Call): Node {
  const text = textPart(call, call.argument, 'its value');
  if (text === undefined) return broken(call);
  return textNode(Buffer.from(text, 'utf8').toString('base64'), call.place);
}

/** `Fn::ToJsonString` of the language extensions: a map or list as JSON text. */
export function toJsonString(call: Call): Node {
  if (!call.scope.languageExtensions) return refuse(call, NEEDS_EXTENSIONS);
  const value = call.resolve(call.argument);
  if (value === undefined || (value.kind !== 'map' && value.kind !== 'list')) {
    return value?.kind === 'broken' ? value : refuse(call, 'takes a map or a list');
  }
  return isBroken(value) ? broken(call) : textNode(JSON.stringify(toJson(value)), call.place);
}

/** The arguments of a function of the language extensions. */
export const NEEDS_EXTENSIONS =
  'works with the AWS::LanguageExtensions transform only: name it under Transform';
