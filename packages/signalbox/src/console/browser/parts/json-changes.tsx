import { create } from 'jsondiffpatch';
import { t } from '../app/strings.ts';

interface Change {
  readonly path: string;
  readonly removed: string | undefined;
  readonly added: string | undefined;
}

const MOST_CHANGES = 200;
const LENGTH = 600;

const differ = create({
  objectHash: (item) => JSON.stringify(item),
  arrays: { detectMove: false },
});

/** The members that differ, with what was and what is. */
export function JsonChanges({
  before,
  after,
}: {
  readonly before: unknown;
  readonly after: unknown;
}) {
  const changes = changesIn(differ.diff(before, after), '$');
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

/** Walks a delta (jsondiffpatch, "Delta format"): `[new]`, `[old, new]`, `[old, 0, 0]`, or an object of deltas. */
function changesIn(delta: unknown, path: string): readonly Change[] {
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
  const isList = '_t' in delta && delta._t === 'a';
  return Object.entries(delta).flatMap(([name, inner]: [string, unknown]) => {
    if (isList && name === '_t') return [];
    const step = isList ? `[${name.replace('_', '')}]` : `.${name}`;
    return changesIn(inner, `${path}${step}`);
  });
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? t('nothing');
  return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text;
}
