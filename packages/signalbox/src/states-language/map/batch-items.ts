import { jsonText } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';
import type { ItemBatcher } from '../ast.ts';
import { evaluate } from '../evaluate.ts';
import type { Visit } from '../run.ts';
import { naturalNumber } from './items.ts';

/** Puts items into batches, each the input of one child execution: `{ BatchInput, Items }`. */
export async function batchItems(
  batcher: ItemBatcher,
  visit: Visit,
  input: Json,
  items: readonly Json[],
): Promise<readonly Json[]> {
  const count = (name: string, template: ItemBatcher['maxItemsPerBatch']): Promise<number> =>
    naturalNumber(template, name, visit, input, 0);
  const limits = {
    items: await count('MaxItemsPerBatch', batcher.maxItemsPerBatch),
    bytes: await count('MaxInputBytesPerBatch', batcher.maxInputBytesPerBatch),
  };
  const common =
    batcher.batchInput === undefined
      ? {}
      : { BatchInput: await evaluate(batcher.batchInput, { visit, root: input }) };
  return batches(items, limits, byteLength(common)).map((batch) => ({ ...common, Items: batch }));
}

/** 0 sets no limit; an item over the bytes stands alone. */
function batches(
  items: readonly Json[],
  limits: { readonly items: number; readonly bytes: number },
  commonBytes: number,
): readonly (readonly Json[])[] {
  const all: Json[][] = [];
  let batch: Json[] = [];
  let bytes = commonBytes;
  for (const item of items) {
    const itemBytes = byteLength(item) + 1;
    const isFull =
      (limits.items > 0 && batch.length >= limits.items) ||
      (limits.bytes > 0 && bytes + itemBytes > limits.bytes);
    if (isFull && batch.length > 0) {
      all.push(batch);
      batch = [];
      bytes = commonBytes;
    }
    batch.push(item);
    bytes += itemBytes;
  }
  return batch.length > 0 ? [...all, batch] : all;
}

function byteLength(value: Json): number {
  return new TextEncoder().encode(jsonText(value)).length;
}
