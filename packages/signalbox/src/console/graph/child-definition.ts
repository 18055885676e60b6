import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/**
 * Finds what a child execution of a Map Run runs: the processor of a Distributed Map, in the query
 * language of the whole where it names none.
 *
 * @param definition The definition of the state machine with the Map.
 * @param firstState The state that the child execution entered first.
 * @returns Undefined where no Distributed Map begins with this state.
 */
export function childDefinition(definition: Json, firstState: string): JsonObject | undefined {
  const processor = processorIn(definition, firstState);
  if (processor === undefined) return undefined;
  const language = isJsonObject(definition) ? definition['QueryLanguage'] : undefined;
  return { ...(language === undefined ? {} : { QueryLanguage: language }), ...processor };
}

function processorIn(value: Json, firstState: string): JsonObject | undefined {
  if (Array.isArray(value)) return firstOf(value, firstState);
  if (!isJsonObject(value)) return undefined;
  const { Type, ItemProcessor } = value;
  if (Type === 'Map' && isJsonObject(ItemProcessor)) {
    const { ProcessorConfig: config, StartAt, ...rest } = ItemProcessor;
    const isDistributed = isJsonObject(config) && config['Mode'] === 'DISTRIBUTED';
    if (isDistributed && StartAt === firstState) return { StartAt, ...rest };
  }
  return firstOf(Object.values(value), firstState);
}

function firstOf(values: readonly Json[], firstState: string): JsonObject | undefined {
  for (const inner of values) {
    const found = processorIn(inner, firstState);
    if (found !== undefined) return found;
  }
  return undefined;
}
