import type { Json } from '../../core/json.ts';
import type { MapState, State } from '../../states-language/ast.ts';
import { effectiveInput, narrowedInput } from '../../states-language/data-flow.ts';
import { batchItems } from '../../states-language/map/batch-items.ts';
import { itemInput, itemsOf, maxConcurrencyOf } from '../../states-language/map/items.ts';
import {
  itemsIn,
  type MapItem,
  mapContext,
  plainInput,
} from '../../states-language/map/map-item.ts';
import { readItems } from '../../states-language/map/reader/read-items.ts';
import { toleranceOf } from '../../states-language/map/tolerance.ts';
import type { Visit } from '../../states-language/run.ts';
import type { Inspection } from './inspection.ts';

/** The items of a Map's input. */
export interface MapInput {
  readonly itemCount: number;
  /** Whether so many failed iterations fail the Map. */
  isExceededBy(failures: number): boolean;
}

/**
 * Notes what InputPath, Parameters and Arguments make of a state's input.
 * @throws {StateFailure} When one of them fails; what was noted before stays.
 */
export async function inspectInput(
  state: State,
  visit: Visit,
  inspection: Inspection,
): Promise<void> {
  const { flow } = state;
  if (flow.language === 'JSONata') {
    if (state.type === 'Task' && flow.arguments !== undefined) {
      inspection.afterArguments = await effectiveInput(flow, visit);
    }
    return;
  }
  // AWS: a Pass with a Result has no use for its input.
  if (state.type === 'Pass' && state.result !== undefined) return;
  // AWS notes nothing of a Parallel before its branches.
  if (state.type === 'Parallel') return;
  inspection.afterInputPath = narrowedInput(flow, visit);
  if (state.type === 'Pass' || state.type === 'Task') {
    inspection.afterParameters = await effectiveInput(flow, visit);
  }
}

/**
 * Notes what a Map makes of its input, up to the inputs of its iterations.
 * @throws {StateFailure} When a field of it fails; what was noted before stays.
 */
export async function inspectMap(
  state: MapState,
  visit: Visit,
  inspection: Inspection,
  readerData: string | undefined,
): Promise<MapInput> {
  const { distributed } = state;
  const isJsonPath = state.flow.language === 'JSONPath';
  const input = narrowedInput(state.flow, visit);
  const items = await testedItems(state, visit, input, readerData);
  const values = items.map(plainInput);
  if (isJsonPath && distributed?.itemReader === undefined) inspection.afterItemsPath = values;
  if ((distributed?.itemReader?.itemsPointer.length ?? 0) > 0) {
    inspection.afterItemsPointer = values;
  }
  const inputs: Json[] = [];
  for (const [index, item] of items.entries()) {
    const atItem = {
      ...visit,
      run: { ...visit.run, map: mapContext(index, item, { isDistributed: false }) },
    };
    inputs.push(await itemInput(state, atItem, input, item));
  }
  if (state.itemSelector !== undefined) inspection.afterItemSelector = inputs;
  if (distributed?.itemBatcher !== undefined) {
    inspection.afterItemBatcher = [
      ...(await batchItems(distributed.itemBatcher, visit, input, inputs)),
    ];
  }
  inspection.maxConcurrency = await maxConcurrencyOf(state, visit, input);
  if (distributed === undefined) {
    return { itemCount: items.length, isExceededBy: () => false };
  }
  const tolerance = await toleranceOf(distributed, visit, input);
  if (distributed.toleratedFailureCount !== undefined) {
    inspection.toleratedFailureCount = tolerance.count;
  }
  if (distributed.toleratedFailurePercentage !== undefined) {
    inspection.toleratedFailurePercentage = tolerance.percentage;
  }
  return {
    itemCount: items.length,
    isExceededBy: (failures) => tolerance.isExceeded(failures, items.length),
  };
}

async function testedItems(
  state: MapState,
  visit: Visit,
  input: Json,
  readerData: string | undefined,
): Promise<readonly MapItem[]> {
  const reader = state.distributed?.itemReader;
  if (reader === undefined) return itemsOf(state, visit, input);
  if (readerData === undefined) return itemsIn(input) ?? [];
  const read = { kind: 'succeeded', output: { Body: readerData } } as const;
  const ports = { ...visit.run.ports, invoke: () => Promise.resolve(read) };
  return readItems(reader, { ...visit, run: { ...visit.run, ports } }, input);
}
