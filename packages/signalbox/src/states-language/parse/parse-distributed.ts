import type { DistributedMap, ItemBatcher, ItemReader, ResultWriter } from '../ast.ts';
import type { Template } from '../template.ts';
import { MAX_BATCH_BYTES, MAX_READ_ITEMS } from './bounds.ts';
import type { Fields } from './fields.ts';
import { resourceField } from './parse-task.ts';
import { templateField, valueOrPathField } from './parse-template.ts';

const MAX_LABEL_LENGTH = 40;

/** Reads what only a Distributed Map has. */
export function parseDistributed(
  fields: Fields,
  executionType: DistributedMap['executionType'],
): DistributedMap {
  return {
    executionType,
    label: labelField(fields),
    itemReader: parseItemReader(fields.object('ItemReader')),
    itemBatcher: parseItemBatcher(fields.object('ItemBatcher')),
    resultWriter: parseResultWriter(fields.object('ResultWriter')),
    toleratedFailureCount: boundedField(fields, 'ToleratedFailureCount', 0),
    toleratedFailurePercentage: percentageField(fields),
  };
}

/** A whole number between bounds, or what yields one. */
function boundedField(
  fields: Fields,
  name: string,
  min: number,
  max?: number,
): Template | undefined {
  const template = valueOrPathField(fields, name);
  if (template?.kind === 'literal') fields.integer(name, min, max);
  return template;
}

function percentageField(fields: Fields): Template | undefined {
  const name = 'ToleratedFailurePercentage';
  const template = valueOrPathField(fields, name);
  const value = template?.kind === 'literal' ? fields.number(name, 0) : undefined;
  if (value !== undefined && value > 100) {
    fields.diagnostics.schema('Value must be at most 100', fields.at(name));
  }
  return template;
}

/** The characters that AWS refuses in a name. */
const FORBIDDEN = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/u;

function labelField(fields: Fields): string | undefined {
  const label = fields.text('Label');
  if (label === undefined) return undefined;
  const [forbidden] = FORBIDDEN.exec(label) ?? [];
  if (forbidden !== undefined) {
    fields.diagnostics.schema(
      `Label contains invalid character: '${forbidden}'`,
      fields.at('Label'),
    );
  }
  if (label.length > MAX_LABEL_LENGTH) {
    fields.diagnostics.schema(
      `Label is longer than ${MAX_LABEL_LENGTH} characters`,
      fields.at('Label'),
    );
  }
  return label;
}

function parametersField(fields: Fields): ReturnType<typeof templateField> {
  return templateField(fields, fields.language === 'JSONata' ? 'Arguments' : 'Parameters');
}

const INPUT_TYPES = ['CSV', 'JSON', 'JSONL', 'MANIFEST', 'PARQUET'] as const;
/** The separators of CSV fields, by the names of ReaderConfig. */
export const CSV_DELIMITERS = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
} as const;

function parseItemReader(reader: Fields | undefined): ItemReader | undefined {
  if (reader === undefined) return undefined;
  reader.require('Resource');
  const config = reader.object('ReaderConfig');
  const resource = resourceField(reader);
  const inputType = config?.word('InputType', INPUT_TYPES);
  const manifestType = config?.word('ManifestType', ['ATHENA_DATA', 'S3_INVENTORY']);
  const delimiter = config?.word('CSVDelimiter', ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB']);
  const parsed = resource && {
    resource,
    parameters: parametersField(reader),
    inputType,
    transformation: config?.word('Transformation', ['NONE', 'LOAD_AND_FLATTEN']) ?? 'NONE',
    manifestType,
    csvDelimiter: CSV_DELIMITERS[delimiter ?? 'COMMA'],
    csvHeaderLocation: config?.word('CSVHeaderLocation', ['FIRST_ROW', 'GIVEN']) ?? 'FIRST_ROW',
    csvHeaders: config?.texts('CSVHeaders') ?? [],
    maxItems: config && boundedField(config, 'MaxItems', 0, MAX_READ_ITEMS),
    itemsPointer: (config?.text('ItemsPointer') ?? '').split('/').filter((name) => name !== ''),
  };
  config?.refuseOthers();
  reader.refuseOthers();
  return parsed;
}

function parseItemBatcher(batcher: Fields | undefined): ItemBatcher | undefined {
  if (batcher === undefined) return undefined;
  const parsed = {
    maxItemsPerBatch: boundedField(batcher, 'MaxItemsPerBatch', 0),
    maxInputBytesPerBatch: boundedField(batcher, 'MaxInputBytesPerBatch', 0, MAX_BATCH_BYTES),
    batchInput: templateField(batcher, 'BatchInput'),
  };
  if (parsed.maxItemsPerBatch === undefined && parsed.maxInputBytesPerBatch === undefined) {
    batcher.diagnostics.schema(
      'One of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]',
      batcher.place,
    );
  }
  batcher.refuseOthers();
  return parsed;
}

function parseResultWriter(writer: Fields | undefined): ResultWriter | undefined {
  if (writer === undefined) return undefined;
  const config = writer.object('WriterConfig');
  const parameters = writer.language === 'JSONata' ? 'Arguments' : 'Parameters';
  // AWS: a writer that only forms the results has neither; one that exports them has both.
  if (writer.has('Resource') || !writer.has('WriterConfig')) {
    writer.require('Resource', parameters);
  }
  const parsed = {
    resource: resourceField(writer),
    parameters: parametersField(writer),
    outputType: config?.word('OutputType', ['JSON', 'JSONL']) ?? 'JSON',
    transformation: config?.word('Transformation', ['NONE', 'COMPACT', 'FLATTEN']) ?? 'NONE',
  } as const;
  config?.refuseOthers();
  writer.refuseOthers();
  return parsed;
}
