import type { ArrayValue, ColumnMetadata, Field } from '@aws-sdk/client-rds-data';
import { badRequest, unsupportedResult } from './data-api-errors.ts';

/** A column as PostgreSQL describes it. */
export interface Column {
  readonly name: string;
  readonly dataTypeID: number;
}

interface ColumnType {
  readonly name: string;
  /** The number of java.sql.Types. */
  readonly jdbc: number;
  readonly kind: 'long' | 'double' | 'decimal' | 'boolean' | 'blob' | 'string' | 'array';
  readonly element?: ColumnType;
}

const type = (name: string, jdbc: number, kind: ColumnType['kind']): ColumnType => ({
  name,
  jdbc,
  kind,
});
const INT2 = type('int2', 5, 'long');
const INT4 = type('int4', 4, 'long');
const INT8 = type('int8', -5, 'long');
const TEXT = type('text', 12, 'string');
const VARCHAR = type('varchar', 12, 'string');
const BOOL = type('bool', -7, 'boolean');
const FLOAT8 = type('float8', 8, 'double');
const arrayOf = (element: ColumnType): ColumnType => ({
  ...type(`_${element.name}`, 2003, 'array'),
  element,
});

/** The types of PostgreSQL that the Data API returns, by their OIDs; others are refused. */
const TYPES: ReadonlyMap<number, ColumnType> = new Map([
  [16, BOOL],
  [17, type('bytea', -2, 'blob')],
  [18, type('char', 1, 'string')],
  [19, type('name', 12, 'string')],
  [20, INT8],
  [21, INT2],
  [23, INT4],
  [25, TEXT],
  [114, type('json', 1111, 'string')],
  [700, type('float4', 7, 'double')],
  [701, FLOAT8],
  [1042, type('bpchar', 1, 'string')],
  [1043, VARCHAR],
  [1082, type('date', 91, 'string')],
  [1083, type('time', 92, 'string')],
  [1114, type('timestamp', 93, 'string')],
  [1184, type('timestamptz', 93, 'string')],
  [1700, type('numeric', 2, 'decimal')],
  [2278, type('void', 1111, 'string')],
  [2950, type('uuid', 1111, 'string')],
  [3802, type('jsonb', 1111, 'string')],
  [1000, arrayOf(BOOL)],
  [1005, arrayOf(INT2)],
  [1007, arrayOf(INT4)],
  [1009, arrayOf(TEXT)],
  [1015, arrayOf(VARCHAR)],
  [1016, arrayOf(INT8)],
  [1022, arrayOf(FLOAT8)],
]);

/** The OIDs whose values are wanted as PostgreSQL's own text. */
export const TEXT_TYPES: readonly number[] = [...TYPES]
  .filter(([, { kind }]) => kind !== 'array' && kind !== 'blob')
  .map(([oid]) => oid);

/** How numbers are returned. */
export interface NumberOptions {
  readonly decimalReturnType?: string | undefined;
  readonly longReturnType?: string | undefined;
}

/** Writes a value as a field. @throws {AwsError} `UnsupportedResultException` for a type that it does not return. */
export function fieldOf(value: unknown, column: Column, options: NumberOptions): Field {
  const found = typeOf(column);
  if (value === null || value === undefined) return { isNull: true };
  switch (found.kind) {
    case 'boolean':
      return { booleanValue: value === 't' || value === true };
    case 'long':
      return options.longReturnType === 'STRING'
        ? { stringValue: String(value) }
        : { longValue: Number(value) };
    case 'double':
      return { doubleValue: Number(value) };
    case 'decimal':
      return decimalField(String(value), options);
    case 'blob':
      return { blobValue: bytesOf(value) };
    case 'array':
      return { arrayValue: arrayValueOf(value, found) };
    case 'string':
      return { stringValue: stringOf(String(value), found) };
  }
}

/** Writes a value as JSON, for `formatRecordsAs: JSON`. */
export function jsonOf(value: unknown, column: Column, options: NumberOptions): unknown {
  const field: Readonly<Record<string, unknown>> = { ...fieldOf(value, column, options) };
  if (field['isNull'] === true) return null;
  const [only] = Object.values(field);
  if (only instanceof Uint8Array) return Buffer.from(only).toString('base64');
  if (field['arrayValue'] !== undefined) {
    throw badRequest('Array results are not supported with formatRecordsAs JSON');
  }
  return only;
}

/** Describes a column as `includeResultMetadata` asks. */
export function metadataOf(column: Column): ColumnMetadata {
  const { name: typeName, jdbc, kind, element } = typeOf(column);
  return {
    name: column.name,
    label: column.name,
    type: jdbc,
    typeName,
    arrayBaseColumnType: element?.jdbc ?? 0,
    isAutoIncrement: false,
    isCaseSensitive: kind === 'string',
    isCurrency: false,
    isSigned: kind === 'long' || kind === 'double' || kind === 'decimal',
    nullable: 2, // unknown
    precision: 0,
    scale: 0,
    schemaName: '',
    tableName: '',
  };
}

function typeOf({ dataTypeID }: Column): ColumnType {
  const found = TYPES.get(dataTypeID);
  if (found === undefined) throw unsupportedResult(`oid ${dataTypeID}`);
  return found;
}

function decimalField(text: string, { decimalReturnType }: NumberOptions): Field {
  if (decimalReturnType !== 'DOUBLE_OR_LONG') return { stringValue: text };
  return text.includes('.') ? { doubleValue: Number(text) } : { longValue: Number(text) };
}

/** AWS: a TIMESTAMPTZ is returned in UTC, as a TIMESTAMP is: `YYYY-MM-DD HH:MM:SS[.FFF]`. */
function stringOf(text: string, { name }: ColumnType): string {
  return name === 'timestamptz' ? text.replace(/\+00$/, '') : text;
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(String(value));
}

function arrayValueOf(value: unknown, { element }: ColumnType): ArrayValue {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  switch (element?.kind) {
    case 'long':
      return { longValues: items.map(Number) };
    case 'double':
      return { doubleValues: items.map(Number) };
    case 'boolean':
      return { booleanValues: items.map(Boolean) };
    default:
      return { stringValues: items.map(String) };
  }
}
