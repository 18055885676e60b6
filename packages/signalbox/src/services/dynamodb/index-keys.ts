import { ownMember } from '../../core/names/own-member.ts';

/** The keys of an index, as a table's description has them. */
export interface IndexKeys {
  readonly IndexName: string;
  readonly KeySchema: readonly { readonly AttributeName: string }[];
}

/** The indexes of a table, as its description has them. */
export interface IndexedTable {
  readonly GlobalSecondaryIndexes?: readonly IndexKeys[];
  readonly LocalSecondaryIndexes?: readonly IndexKeys[];
}

/** Says which key of an index an item has without text or bytes, which no index can hold. */
export function emptyIndexKey(
  item: Readonly<Record<string, unknown>>,
  table: IndexedTable,
): string | undefined {
  for (const { index, name } of indexKeys(table)) {
    const empty = emptyKind(ownMember(item, name));
    if (empty !== undefined) {
      return `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${empty} value. IndexName: ${index}, IndexKey: ${name}`;
    }
  }
  return undefined;
}

/** Says that an update would leave a key of an index without text or bytes. */
export function emptyUpdatedKey(
  changes: readonly { readonly path: readonly unknown[]; readonly val?: unknown }[],
  table: IndexedTable,
): string | undefined {
  const names = new Set(indexKeys(table).map(({ name }) => name));
  for (const { path, val } of changes) {
    const [name] = path;
    if (path.length !== 1 || typeof name !== 'string' || !names.has(name)) continue;
    const empty = emptyKind(val);
    if (empty !== undefined) {
      return `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty ${empty} value.`;
    }
  }
  return undefined;
}

function indexKeys({ GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: IndexedTable) {
  return [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes].flatMap(({ IndexName, KeySchema }) =>
    KeySchema.map(({ AttributeName }) => ({ index: IndexName, name: AttributeName })),
  );
}

function emptyKind(value: unknown): 'string' | 'binary' | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('S' in value && value.S === '') return 'string';
  return 'B' in value && value.B === '' ? 'binary' : undefined;
}
