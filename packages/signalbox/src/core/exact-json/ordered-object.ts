import { setOwnMember } from '../names/own-member.ts';

/** JavaScript puts names of this form before all others, in ascending order. */
const INDEX_NAME = /^(?:0|[1-9]\d{0,9})$/;

const ordered = new WeakSet<object>();

/** Makes an object whose members keep the order in which they are given, whatever their names. */
export function objectOf<T>(entries: Iterable<readonly [string, T]>): {
  readonly [name: string]: T;
} {
  const members: Record<string, T> = {};
  const names = new Set<string>();
  let hasIndexName = false;
  for (const [name, value] of entries) {
    setOwnMember(members, name, value);
    names.add(name);
    hasIndexName ||= INDEX_NAME.test(name);
  }
  return hasIndexName ? inOrder(members, [...names]) : members;
}

function inOrder<T>(members: Record<string, T>, names: string[]): { readonly [name: string]: T } {
  if (Object.keys(members).every((name, at) => name === names[at])) return members;
  const object = new Proxy(members, { ownKeys: () => names });
  ordered.add(object);
  return object;
}

/** Copies an object with the members of another: those that it has keep their place. */
export function withMembers<T>(
  object: { readonly [name: string]: T },
  others: { readonly [name: string]: T },
): { readonly [name: string]: T } {
  const isPlain =
    !ordered.has(object) &&
    !ordered.has(others) &&
    !Object.keys(others).some((name) => INDEX_NAME.test(name));
  if (isPlain) return { ...object, ...others };
  return objectOf([...Object.entries(object), ...Object.entries(others)]);
}
