import { jsonText } from '../../../../core/exact-json/exact-number.ts';
import type { Json } from '../../../../core/json.ts';
import { readJson } from '../../parts/format.ts';

const PATH = /\$(?:states\.input)?[\w$]*(?:\.[A-Za-z_][\w-]*|\[\d+\])*/g;

/** A path of a condition, and what it found. */
export interface SeenValue {
  readonly path: string;
  /** JSON text; undefined where nothing is there. */
  readonly value: string | undefined;
}

/**
 * Reads the plain paths in a condition, such as `$.order.total` and `$limit`; what a longer expression
 * computes is not told.
 */
export function valuesIn(
  condition: string,
  input: string | undefined,
  variables: Readonly<Record<string, string>>,
): readonly SeenValue[] {
  const quoted = condition.replace(/"(?:\\.|[^"\\])*"/g, '""');
  const paths = [...new Set(quoted.match(PATH) ?? [])].filter((path) => path.length > 1);
  return paths.flatMap((path) => {
    const found = read(path, input, variables);
    return found === undefined
      ? []
      : [{ path, value: found.value === undefined ? undefined : jsonText(found.value) }];
  });
}

/** Undefined where the path begins with nothing that is known, such as a function. */
function read(
  path: string,
  input: string | undefined,
  variables: Readonly<Record<string, string>>,
): { readonly value: Json | undefined } | undefined {
  const rest = path.replace(/^\$states\.input/, '$');
  const [root = '', ...steps] = rest.split(/[.[]/).map((step) => step.replace(']', ''));
  const name = root.slice(1);
  if (name !== '' && !Object.hasOwn(variables, name)) return undefined;
  let value = readJson(name === '' ? input : variables[name]);
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) {
      return { value: undefined };
    }
    value = Reflect.get(value, step);
  }
  return { value };
}
