/**
 * A text that two values have in common exactly where the library finds them equal; undefined where
 * there is none, as for functions.
 */
export function deepKey(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value + 0);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value !== 'object') return undefined;
  const keys = Array.isArray(value) ? value.map(deepKey) : memberKeys(value);
  if (keys.includes(undefined)) return undefined;
  return Array.isArray(value) ? `[${keys.join()}]` : `{${keys.sort().join()}}`;
}

function memberKeys(value: object): (string | undefined)[] {
  return Object.entries(value).map(([name, member]) => {
    const key = deepKey(member);
    return key === undefined ? undefined : `${JSON.stringify(name)}:${key}`;
  });
}
