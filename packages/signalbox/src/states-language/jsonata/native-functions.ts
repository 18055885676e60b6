import jsonata from 'jsonata';

/** A function as the library binds it to its name. */
export interface NativeFunction {
  readonly name: string;
  readonly implementation: (this: unknown, ...args: readonly unknown[]) => unknown;
  /** Parsed by the library. */
  readonly signature: unknown;
}

/** The library's functions of which the work or the result grows with what they are given. */
const NAMES = [
  ...['sum', 'max', 'min', 'average', 'string', 'substring', 'substringBefore', 'substringAfter'],
  ...['lowercase', 'uppercase', 'length', 'trim', 'pad', 'match', 'contains', 'replace', 'split'],
  ...['join', 'formatNumber', 'formatInteger', 'parseInteger', 'number', 'boolean', 'not', 'map'],
  ...['zip', 'filter', 'single', 'reduce', 'sift', 'keys', 'append', 'spread', 'merge', 'reverse'],
  ...['each', 'sort', 'distinct', 'base64encode', 'base64decode', 'encodeUrlComponent', 'clone'],
  ...['encodeUrl', 'decodeUrlComponent', 'decodeUrl', 'toMillis', 'fromMillis'],
];

let loading: Promise<readonly NativeFunction[]> | undefined;

/** Returns the library's own functions. */
export function nativeFunctions(): Promise<readonly NativeFunction[]> {
  loading ??= load();
  return loading;
}

async function load(): Promise<readonly NativeFunction[]> {
  const found: Omit<NativeFunction, 'name'>[] = await jsonata(
    `[${NAMES.map((name) => `$${name}`).join(', ')}]`,
  ).evaluate(undefined);
  return NAMES.flatMap((name, at) => {
    const native = found[at];
    return native === undefined ? [] : [{ ...native, name }];
  });
}
