import type { DistributedMap, ItemBatcher, ItemReader, ResultWriter } from '../ast.ts';
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
    toleratedFailureCount: valueOrPathField(fields, 'ToleratedFailureCount'),
    toleratedFailurePercentage: valueOrPathField(fields, 'ToleratedFailurePercentage'),
  };
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
  if (inputType === 'PARQUET') refuse(config, 'InputType', inputType);
  if (manifestType === 'ATHENA_DATA') refuse(config, 'ManifestType', manifestType);
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
    maxItems: config && valueOrPathField(config, 'MaxItems'),
    itemsPointer: (config?.text('ItemsPointer') ?? '').split('/').filter((name) => name !== ''),
  };
  config?.refuseOthers();
  reader.refuseOthers();
  return parsed;
}

/** Refuses what AWS reads and the rehearsal does not. */
function refuse(config: Fields | undefined, name: string, value: string): void {
  config?.diagnostics.schema(`${name} ${value} is not supported by the rehearsal`, config.at(name));
}

function parseItemBatcher(batcher: Fields | undefined): ItemBatcher | undefined {
  if (batcher === undefined) return undefined;
  const parsed = {
    maxItemsPerBatch: valueOrPathField(batcher, 'MaxItemsPerBatch'),
    maxInputBytesPerBatch: valueOrPathField(batcher, 'MaxInputBytesPerBatch'),
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
