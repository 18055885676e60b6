import type { JsonObject } from '../../core/json.ts';
import type {
  DistributedMap,
  ItemBatcher,
  ItemReader,
  MapState,
  QueryLanguage,
  ResultWriter,
} from '../ast.ts';
import { CSV_DELIMITERS } from '../parse/parse-distributed.ts';
import { printArguments, printField, printValueOrPath } from './print-template.ts';

/** Writes what is a Map state's own, but for its processor's states. */
export function printMap(state: MapState, processor: JsonObject): JsonObject {
  const { flow, distributed, items, itemSelector, maxConcurrency } = state;
  const { language } = flow;
  const mode =
    distributed === undefined
      ? { Mode: 'INLINE' }
      : { Mode: 'DISTRIBUTED', ExecutionType: distributed.executionType };
  return {
    ...printField(language === 'JSONata' ? 'Items' : 'ItemsPath', items),
    ...printField('ItemSelector', itemSelector),
    ...printValueOrPath('MaxConcurrency', maxConcurrency),
    ...(distributed === undefined ? {} : printDistributed(distributed, language)),
    ItemProcessor: { ProcessorConfig: mode, ...processor },
  };
}

function printDistributed(distributed: DistributedMap, language: QueryLanguage): JsonObject {
  const { label, itemReader, itemBatcher, resultWriter } = distributed;
  return {
    ...(label === undefined ? {} : { Label: label }),
    ...(itemReader === undefined ? {} : { ItemReader: printReader(itemReader, language) }),
    ...(itemBatcher === undefined ? {} : { ItemBatcher: printBatcher(itemBatcher) }),
    ...(resultWriter === undefined ? {} : { ResultWriter: printWriter(resultWriter, language) }),
    ...printValueOrPath('ToleratedFailureCount', distributed.toleratedFailureCount),
    ...printValueOrPath('ToleratedFailurePercentage', distributed.toleratedFailurePercentage),
  };
}

function printReader(reader: ItemReader, language: QueryLanguage): JsonObject {
  const { resource, parameters, inputType, manifestType, csvHeaders, itemsPointer } = reader;
  const delimiter = Object.entries(CSV_DELIMITERS).find(([, mark]) => mark === reader.csvDelimiter);
  return {
    Resource: resource.text,
    ...printArguments(language, parameters),
    ReaderConfig: {
      ...(inputType === undefined ? {} : { InputType: inputType }),
      Transformation: reader.transformation,
      ...(manifestType === undefined ? {} : { ManifestType: manifestType }),
      ...(inputType === 'CSV'
        ? { CSVDelimiter: delimiter?.[0] ?? 'COMMA', CSVHeaderLocation: reader.csvHeaderLocation }
        : {}),
      ...(csvHeaders.length === 0 ? {} : { CSVHeaders: csvHeaders }),
      ...printValueOrPath('MaxItems', reader.maxItems),
      ...(itemsPointer.length === 0 ? {} : { ItemsPointer: `/${itemsPointer.join('/')}` }),
    },
  };
}

function printBatcher({
  maxItemsPerBatch,
  maxInputBytesPerBatch,
  batchInput,
}: ItemBatcher): JsonObject {
  return {
    ...printValueOrPath('MaxItemsPerBatch', maxItemsPerBatch),
    ...printValueOrPath('MaxInputBytesPerBatch', maxInputBytesPerBatch),
    ...printField('BatchInput', batchInput),
  };
}

function printWriter(
  { resource, parameters, outputType, transformation }: ResultWriter,
  language: QueryLanguage,
): JsonObject {
  return {
    ...(resource === undefined ? {} : { Resource: resource.text }),
    ...printArguments(language, parameters),
    WriterConfig: { OutputType: outputType, Transformation: transformation },
  };
}
