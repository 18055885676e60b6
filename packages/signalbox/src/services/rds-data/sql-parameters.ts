import type { SqlParameter } from '@aws-sdk/client-rds-data';
import { badRequest } from './data-api-errors.ts';

/** A statement as PostgreSQL takes it: `$1`, `$2` in place of names, and their values. */
export interface BoundStatement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Where a name cannot stand: quoted texts and names, dollar quotes, comments, casts. */
const PARTS =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|::|:([A-Za-z_][A-Za-z0-9_]*)/g;

const HINTS: Readonly<Record<string, string>> = {
  DATE: 'date',
  DECIMAL: 'numeric',
  JSON: 'jsonb',
  TIME: 'time',
  TIMESTAMP: 'timestamp',
  UUID: 'uuid',
};

/**
 * Puts values in place of the names of a statement, each with the type that the Data API gives it: a
 * text stays a text where a date is wanted, unless its hint says DATE.
 * AWS: Amazon Aurora User Guide, "Parameters" of the Data API.
 * @throws {AwsError} `BadRequestException` for a name without a value, and a value without a type.
 */
export function bindParameters(
  sql: string,
  parameters: readonly SqlParameter[] = [],
): BoundStatement {
  const given = new Map(parameters.map((one) => [one.name ?? '', one]));
  const values: unknown[] = [];
  const numbers = new Map<string, string>();
  const bound = sql.replace(PARTS, (part: string, _quote: unknown, name: string | undefined) => {
    if (name === undefined) return part;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const parameter = given.get(name);
    if (parameter === undefined) throw badRequest(`Cannot find parameter: ${name}`);
    values.push(boundValue(parameter));
    const reference = `$${values.length}${castOf(parameter)}`;
    numbers.set(name, reference);
    return reference;
  });
  return { sql: bound, values };
}

function boundValue({ name, value }: SqlParameter): unknown {
  const field: Readonly<Record<string, unknown>> = { ...value };
  if (field['isNull'] === true) return null;
  if (field['arrayValue'] !== undefined) throw badRequest('Array parameters are not supported.');
  const [found] = ['blobValue', 'booleanValue', 'doubleValue', 'longValue', 'stringValue'].flatMap(
    (member) => (field[member] === undefined ? [] : [field[member]]),
  );
  if (found === undefined) throw badRequest(`Parameter ${name ?? ''} has no value`);
  return found;
}

function castOf({ value, typeHint }: SqlParameter): string {
  const hinted = typeHint === undefined ? undefined : HINTS[typeHint];
  if (hinted !== undefined) return `::${hinted}`;
  const field = { ...value };
  if ('stringValue' in field) return '::text';
  if ('longValue' in field) return '::bigint';
  if ('doubleValue' in field) return '::float8';
  if ('booleanValue' in field) return '::boolean';
  return 'blobValue' in field ? '::bytea' : '';
}
