import { isJsonObject, type Json } from '../core/json.ts';
import { ownMember } from '../core/names/own-member.ts';
import { bad, ok, type Result } from '../core/result.ts';

/** A JSON path of the simple kind that EventBridge takes, such as `$.detail.items[0].sku`. */
export interface InputPath {
  readonly text: string;
  readonly steps: readonly Step[];
}

type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' };

const STEP = /\.([^.[\]*]+)|\['([^']*)'\]|\[(\d+)\]|\.\*|\[\*\]/y;

/** Reads a path; `$` alone is the whole event. */
export function parseInputPath(text: string): Result<InputPath> {
  const steps: Step[] = [];
  let at = 1;
  while (at < text.length) {
    STEP.lastIndex = at;
    const found = STEP.exec(text);
    if (found === null) break;
    steps.push(stepOf(found));
    at = STEP.lastIndex;
  }
  if (text.startsWith('$') && at >= text.length) return ok({ text, steps });
  return bad({
    message: `Cannot read path "${text}": write $ and then any of .name, ['name'], [0], .* and [*]`,
  });
}

/** The value at the path, or with `*` the array of values; undefined where the event has none. */
export function valueAt({ steps }: InputPath, event: Json): Json | undefined {
  let values: readonly Json[] = [event];
  for (const step of steps) values = values.flatMap((value) => follow(step, value));
  return steps.some(({ kind }) => kind === 'all') ? values : values[0];
}

function stepOf(found: RegExpExecArray): Step {
  const [, plain, quoted, index] = found;
  const name = plain ?? quoted;
  if (name !== undefined) return { kind: 'name', name };
  return index === undefined ? { kind: 'all' } : { kind: 'index', index: Number(index) };
}

function follow(step: Step, value: Json): readonly Json[] {
  if (isJsonObject(value)) {
    if (step.kind === 'all') return Object.values(value);
    const member = step.kind === 'name' ? ownMember(value, step.name) : undefined;
    return member === undefined ? [] : [member];
  }
  if (!Array.isArray(value)) return [];
  if (step.kind === 'all') return value;
  return step.kind === 'index' ? value.slice(step.index, step.index + 1) : [];
}
