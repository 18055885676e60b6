import { jsonText } from '../core/exact-json/exact-number.ts';
import { parseJson } from '../core/json.ts';
import { bad, ok, type Result } from '../core/result.ts';
import { type InputPath, parseInputPath, valueAt } from '../event-patterns/input-path.ts';
import {
  type InputTransformer,
  parseInputTransformer,
  type TransformerContext,
  transformInput,
} from '../event-patterns/input-transformer.ts';
import type { TargetResource } from '../template/app.ts';
import type { BusEvent } from './bus-event.ts';

/** The input of a target in place of the event. */
export type TargetInput =
  | { readonly kind: 'event' }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'path'; readonly path: InputPath }
  | { readonly kind: 'transformer'; readonly transformer: InputTransformer };

/** Reads Input, InputPath or InputTransformer; the problems have EventBridge's words where known. */
export function parseTargetInput(target: TargetResource): Result<TargetInput> {
  const { id, input, inputPath, inputTransformer } = target;
  const given = [input, inputPath, inputTransformer].filter((value) => value !== undefined);
  if (given.length > 1) {
    return bad({
      message: `Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`,
    });
  }
  if (input !== undefined) {
    if (parseJson(input) === undefined)
      return bad({ message: `JSON syntax error in input for target ${id}.` });
    return ok({ kind: 'constant', text: input });
  }
  if (inputPath !== undefined) {
    const path = parseInputPath(inputPath);
    return path.ok ? ok({ kind: 'path', path: path.value }) : path;
  }
  if (inputTransformer === undefined) return ok({ kind: 'event' });
  const transformer = parseInputTransformer(inputTransformer, id);
  return transformer.ok ? ok({ kind: 'transformer', transformer: transformer.value }) : transformer;
}

/** Writes what the target receives for an event. */
export function targetBody(
  input: TargetInput,
  event: BusEvent,
  context: TransformerContext,
): string {
  switch (input.kind) {
    case 'event':
      return jsonText(event);
    case 'constant':
      return input.text;
    case 'path':
      return jsonText(valueAt(input.path, event) ?? null);
    case 'transformer':
      return transformInput(input.transformer, event, context);
  }
}
