import { create } from 'jsondiffpatch';
import { ExactNumber, jsonText } from '../../../core/exact-json/exact-number.ts';
import type { Json } from '../../../core/json.ts';
import { t } from '../app/strings.ts';

interface Change {
  readonly path: string;
  readonly removed: string | undefined;
  readonly added: string | undefined;
}

const MOST_CHANGES = 200;
const LENGTH = 600;

const differ = create({
  objectHash: (item) => jsonText(item),
  arrays: { detectMove: false },
});

/** The members that differ, with what was and what is. */
export function JsonChanges({
  before,
  after,
}: {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}) {
  const changes = changesIn(differ.diff(before, after), '$', before);
  if (changes.length === 0) return <span className="quiet">{t('No difference')}</span>;
  return (
    <ul className="changes">
      {changes.slice(0, MOST_CHANGES).map(({ path, removed, added }) => (
        <li key={path}>
          <code className="change-path">{path}</code>
          {removed !== undefined && <del>{removed}</del>}
          {added !== undefined && <ins>{added}</ins>}
        </li>
      ))}
      {changes.length > MOST_CHANGES && (
        <li>{t('{count} more', { count: changes.length - MOST_CHANGES })}</li>
      )}
    </ul>
  );
}

/**
 * Walks a delta (jsondiffpatch, "Delta format"): `[new]`, `[old, new]`, `[old, 0, 0]`, or an object of deltas.
 * Items of lists have none within them, since an item is known by its text.
 */
function changesIn(delta: unknown, path: string, before: unknown): readonly Change[] {
  if (Array.isArray(delta)) {
    const isAdded = delta.length === 1;
    const isRemoved = delta.length === 3;
    return [
      {
        path,
        removed: isAdded ? undefined : textOf(delta[0]),
        added: isRemoved ? undefined : textOf(delta[isAdded ? 0 : 1]),
      },
    ];
  }
  if (typeof delta !== 'object' || delta === null) return [];
  // Two numbers that a double cannot tell apart differ in their texts.
  if (before instanceof ExactNumber && 'text' in delta && Array.isArray(delta.text)) {
    const [removed, added] = delta.text.map(String);
    return [{ path, removed, added }];
  }
  const isList = '_t' in delta && delta._t === 'a';
  return Object.entries(delta).flatMap(([name, inner]: [string, unknown]) => {
    if (isList && name === '_t') return [];
    const step = isList ? `[${name.replace('_', '')}]` : `.${name}`;
    return changesIn(inner, `${path}${step}`, memberOf(before, name));
  });
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string {
  const text = value === undefined ? t('nothing') : jsonText([value]).slice(1, -1);
  return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text;
}
