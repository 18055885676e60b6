import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { serializationError } from './check-input.ts';

/** A form's keys as a tree: `Tags.member.1.Key=a` is four nodes deep. */
export interface FormNode {
  text: string | undefined;
  readonly children: Map<string, FormNode>;
}

// Schema sentinel of the SDK: timestamps as `2026-01-31T12:00:00Z`.
const DATE_TIME = 5;

const scalars = new FromStringShapeDeserializer({
  timestampFormat: { useTrait: true, default: DATE_TIME },
});

/** Reads a form's dotted keys into a tree. */
export function parseForm(form: URLSearchParams): FormNode {
  const root: FormNode = { text: undefined, children: new Map() };
  for (const [key, text] of form) {
    let node = root;
    for (const part of key.split('.')) {
      const child = node.children.get(part) ?? { text: undefined, children: new Map() };
      node.children.set(part, child);
      node = child;
    }
    node.text = text;
  }
  return root;
}

/**
 * Reads a value out of a form by schema, as the awsQuery protocol writes it.
 * @throws {AwsError} SerializationException, for a number or list index that is none.
 */
export function readForm(schema: NormalizedSchema, node: FormNode): unknown {
  if (schema.isListSchema()) return readList(schema, node);
  if (schema.isMapSchema()) return readMap(schema, node);
  if (schema.isStructSchema()) return readStruct(schema, node);
  return node.text === undefined ? undefined : readScalar(schema, node.text);
}

/** Reads a structure's members out of a form. */
export function readStruct(schema: NormalizedSchema, node: FormNode): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(member.getMemberTraits().xmlName ?? name);
    const read = child === undefined ? undefined : readForm(member, child);
    if (read !== undefined) value[name] = read;
  }
  return value;
}

function readList(schema: NormalizedSchema, node: FormNode): unknown[] {
  const item = schema.getValueSchema();
  const name = item.getMergedTraits().xmlName ?? 'member';
  const list = schema.getMergedTraits().xmlFlattened ? node : node.children.get(name);
  return inOrder(list).map((child) => readForm(item, child));
}

function readMap(schema: NormalizedSchema, node: FormNode): Record<string, unknown> {
  const keySchema = schema.getKeySchema();
  const valueSchema = schema.getValueSchema();
  const entries = schema.getMergedTraits().xmlFlattened ? node : node.children.get('entry');
  return Object.fromEntries(
    inOrder(entries).map(({ children }) => {
      const key = children.get(keySchema.getMergedTraits().xmlName ?? 'key')?.text ?? '';
      const child = children.get(valueSchema.getMergedTraits().xmlName ?? 'value');
      return [key, child === undefined ? undefined : readForm(valueSchema, child)];
    }),
  );
}

function inOrder(node: FormNode | undefined): FormNode[] {
  const entries = [...(node?.children ?? [])];
  const wrong = entries.find(([index]) => !/^\d+$/.test(index));
  if (wrong !== undefined) throw serializationError(`Expected a list index, found "${wrong[0]}"`);
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
}

function readScalar(schema: NormalizedSchema, text: string): unknown {
  const value: unknown = scalars.read(schema, text);
  if (schema.isNumericSchema() && (text === '' || Number.isNaN(value))) {
    throw serializationError(`"${text}" cannot be converted to Number`);
  }
  return value;
}
