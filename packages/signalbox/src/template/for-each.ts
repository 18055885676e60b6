import { type MapEntry, type Node, textNode, textOf } from './document/node.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { TemplateScope } from './intrinsics/scope.ts';

const LOOP = 'Fn::ForEach::';

/** Returns whether a document has a loop of the language extensions anywhere. */
export function hasLoop(node: Node): boolean {
  if (node.kind === 'list') return node.items.some(hasLoop);
  if (node.kind !== 'map') return false;
  return node.entries.some(({ key, value }) => key.startsWith(LOOP) || hasLoop(value));
}

/**
 * Replaces each `Fn::ForEach::<name>: [identifier, collection, { key: value }]` by its entries, loops in
 * loops too. A collection knows parameters and mappings.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function expandLoops(node: Node, scope: TemplateScope): Node {
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item) => expandLoops(item, scope)) };
  }
  if (node.kind !== 'map') return node;
  const entries = node.entries.flatMap((entry) =>
    entry.key.startsWith(LOOP)
      ? rounds(entry, scope)
      : [{ ...entry, value: expandLoops(entry.value, scope) }],
  );
  return { ...node, entries };
}

function rounds({ key, place, value }: MapEntry, scope: TemplateScope): readonly MapEntry[] {
  const [name, collection, fragment] = value.kind === 'list' ? value.items : [];
  const identifier = textOf(name);
  const values = collection && valuesOf(collection, scope);
  if (!scope.languageExtensions) {
    const message = `${key} works with the AWS::LanguageExtensions transform only: name it under Transform`;
    scope.report.at(place, message);
    return [];
  }
  if (identifier === undefined || values === undefined || fragment?.kind !== 'map') {
    scope.report.at(place, `${key} takes [identifier, [values], { key: value }]`);
    return [];
  }
  return values.flatMap((text) => {
    const round = expandLoops(substituted(fragment, identifier, text), scope);
    return round.kind === 'map' ? round.entries : [];
  });
}

function valuesOf(collection: Node, scope: TemplateScope): readonly string[] | undefined {
  const resolved = resolve(collection, scope);
  if (resolved?.kind !== 'list') return undefined;
  return resolved.items.flatMap((item) => {
    // A parameter that is a list may stand in the list.
    const texts = item.kind === 'list' ? item.items.map(textOf) : [textOf(item)];
    return texts.flatMap((text) => text ?? []);
  });
}

function substituted(node: Node, identifier: string, value: string): Node {
  switch (node.kind) {
    case 'broken':
      return node;
    case 'scalar':
      return typeof node.value === 'string'
        ? textNode(inText(node.value, identifier, value), node.place)
        : node;
    case 'list':
      return { ...node, items: node.items.map((item) => substituted(item, identifier, value)) };
    case 'map': {
      const [only, second] = node.entries;
      const isRef = only?.key === 'Ref' && second === undefined;
      if (isRef && textOf(only.value) === identifier) return textNode(value, node.place);
      const entries = node.entries.map((entry) => ({
        ...entry,
        key: inText(entry.key, identifier, value),
        value: substituted(entry.value, identifier, value),
      }));
      return { ...node, entries };
    }
  }
}

/** AWS: `&{Identifier}` leaves out what a logical id may not hold. */
function inText(text: string, identifier: string, value: string): string {
  return text
    .replaceAll(`\${${identifier}}`, () => value)
    .replaceAll(`&{${identifier}}`, () => value.replace(/[^A-Za-z0-9]/g, ''));
}
