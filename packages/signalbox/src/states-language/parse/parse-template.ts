import type { Json, JsonObject } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Assign } from '../ast.ts';
import { compileExpression, type Expression } from '../jsonata/expression.ts';
import { type IntrinsicCall, parseIntrinsicCall } from '../jsonpath/intrinsic-call.ts';
import { INTRINSICS } from '../jsonpath/intrinsics/registry.ts';
import { type Path, parsePath } from '../jsonpath/path.ts';
import { literal, type Template, type TemplateMember } from '../template.ts';
import { MAX_INTRINSIC_DEPTH } from './bounds.ts';
import type { DefinitionPath, Diagnostics } from './diagnostic.ts';
import type { Fields } from './fields.ts';

/** Reads a field that holds a template in the state's query language. */
export function templateField(fields: Fields, name: string): Template | undefined {
  const value = fields.value(name);
  if (value === undefined) return undefined;
  const { diagnostics, hasResult } = fields;
  const reading = { diagnostics, place: fields.at(name), hasResult };
  return fields.language === 'JSONata'
    ? jsonataTemplate(value, fieldName(reading.place), reading)
    : payloadTemplate(value, name, reading);
}

interface Reading {
  readonly diagnostics: Diagnostics;
  readonly place: DefinitionPath;
  /** Whether the state has a result that its Output and Assign may read. */
  readonly hasResult: boolean;
}

/** Names a field by its place in its state, as AWS's causes do: `Choices[0]/Condition`. */
export function fieldName(place: DefinitionPath): string {
  const [first, ...rest] = place.slice(stateDepth(place));
  return rest.reduce<string>(
    (name, step) => (typeof step === 'number' ? `${name}[${step}]` : `${name}/${step}`),
    String(first),
  );
}

/** Counts the steps to the innermost state: `States`, its name, and so on inside its branches. */
function stateDepth(place: DefinitionPath): number {
  let depth = 0;
  while (place[depth] === 'States' && place.length > depth + 2) {
    depth += 2;
    const inner = place[depth] === 'Branches' ? depth + 2 : depth + 1;
    if (place[inner] !== 'States') break;
    depth = inner;
  }
  return depth;
}

/** Reads a field of a Map or Task that takes a value or, by its `…Path` twin, a path to one. */
export function valueOrPathField(fields: Fields, name: string): Template | undefined {
  if (fields.language === 'JSONata') return templateField(fields, name);
  fields.atMostOne(name, `${name}Path`);
  const path = pathField(fields, `${name}Path`);
  if (path !== undefined && path !== null) return { kind: 'path', path, field: `${name}Path` };
  const value = fields.value(name);
  return value === undefined ? undefined : literal(value);
}

/** Reads a path; null where the field says null. */
export function pathField(fields: Fields, name: string): Path | null | undefined {
  const value = fields.value(name);
  if (value === undefined || value === null) return value;
  const path = typeof value === 'string' ? parsePath(value) : undefined;
  if (path === undefined) {
    fields.diagnostics.schema(
      'Value is not a Reference Path: it must be a JSONPath',
      fields.at(name),
    );
  }
  return path;
}

/** Reads `Assign`. */
export function assignField(fields: Fields): Assign | undefined {
  const assign = fields.object('Assign');
  if (assign === undefined) return undefined;
  const values = new Map<string, Template>();
  for (const name of assign.names) {
    const isPath = fields.language === 'JSONPath' && name.endsWith('.$');
    const variable = isPath ? name.slice(0, -2) : name;
    checkVariableName(variable, assign, name);
    const template = isPath ? dynamicMember(assign, name) : templateField(assign, name);
    if (template !== undefined) values.set(variable, template);
  }
  return values;
}

const MAX_VARIABLE_NAME_LENGTH = 80;

function checkVariableName(variable: string, assign: Fields, name: string): void {
  if (variable === 'states') {
    assign.diagnostics.schema("Variable name 'states' is reserved", assign.at(name));
  } else if (
    !/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(variable) ||
    variable.length > MAX_VARIABLE_NAME_LENGTH
  ) {
    assign.diagnostics.schema(
      `Variable name '${variable}' is not a valid identifier`,
      assign.at(name),
    );
  }
}

function dynamicMember(assign: Fields, name: string): Template | undefined {
  const { diagnostics, hasResult } = assign;
  const reading = { diagnostics, place: assign.at(name), hasResult };
  return dynamicValue(name, assign.value(name) ?? null, reading);
}

const JSONATA = /^\{%([\s\S]*)%\}$/;

function jsonataTemplate(value: Json, field: string, reading: Reading): Template {
  if (typeof value === 'string') {
    const source = JSONATA.exec(value)?.[1];
    if (source === undefined) return literal(value);
    return { kind: 'jsonata', expression: compile(source.trim(), field, reading), field };
  }
  return compound(value, (inner, step) =>
    jsonataTemplate(inner, typeof step === 'number' ? `${field}[${step}]` : `${field}/${step}`, {
      ...reading,
      place: [...reading.place, step],
    }),
  );
}

/** A refused expression still stands for a value, so that one mistake is reported once. */
function compile(source: string, field: string, reading: Reading): Expression {
  // AWS: "Attempting to access $states.result or $states.errorOutput in fields and states where they are not
  // accessible will be caught at creation".
  const compiled = compileExpression(source, {
    errorOutput: field.startsWith('Catch['),
    result: reading.hasResult && /^(?:Output|Assign)\b/.test(field),
  });
  if (!('code' in compiled)) return compiled;
  const { code, message } = compiled;
  reading.diagnostics.add(code, message, reading.place);
  return { source, evaluate: () => Promise.reject(new Error(message)) };
}

/** Reads a JSONPath payload template: members whose names end in `.$` are paths or intrinsic calls. */
function payloadTemplate(value: Json, field: string, reading: Reading): Template {
  if (isJsonObject(value)) return payloadObject(value, reading);
  return compound(value, (inner, step) =>
    payloadTemplate(inner, field, { ...reading, place: [...reading.place, step] }),
  );
}

function payloadObject(value: JsonObject, reading: Reading): Template {
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(value, `${name}.$`)) {
      reading.diagnostics.schema(`The field '${name}' is given twice`, [...reading.place, name]);
    }
  }
  const members = Object.entries(value).map(([name, member]): TemplateMember => {
    const inner = { ...reading, place: [...reading.place, name] };
    if (!name.endsWith('.$')) return { name, value: payloadTemplate(member, name, inner) };
    return { name: name.slice(0, -2), value: dynamicValue(name, member, inner) ?? literal(null) };
  });
  return ofMembers(members, value);
}

function dynamicValue(name: string, value: Json, reading: Reading): Template | undefined {
  if (typeof value === 'string') {
    const path = value.startsWith('$') ? parsePath(value) : undefined;
    if (path !== undefined) return { kind: 'path', path, field: name };
    const call = parseIntrinsicCall(value);
    if (call !== undefined && isKnownCall(call)) return { kind: 'intrinsic', call, field: name };
  }
  reading.diagnostics.schema(
    `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`,
    reading.place,
  );
  return undefined;
}

/** Says whether all functions of a call exist, and no more are within one another than AWS takes. */
export function isKnownCall(call: IntrinsicCall, depth = 1): boolean {
  return (
    depth <= MAX_INTRINSIC_DEPTH &&
    INTRINSICS.has(call.name) &&
    call.arguments.every(
      (argument) => argument.kind !== 'call' || isKnownCall(argument.call, depth + 1),
    )
  );
}

/** Keeps literals whole, so that what holds no expression costs nothing to evaluate. */
function compound(value: Json, read: (inner: Json, step: string | number) => Template): Template {
  if (Array.isArray(value)) {
    const items = value.map((item: Json, index) => read(item, index));
    return items.every((item) => item.kind === 'literal')
      ? literal(value)
      : { kind: 'array', items };
  }
  if (!isJsonObject(value)) return literal(value);
  const members = Object.entries(value).map(([name, inner]) => ({
    name,
    value: read(inner, name),
  }));
  return ofMembers(members, value);
}

function ofMembers(members: readonly TemplateMember[], value: JsonObject): Template {
  const isLiteral = members.every(
    (member) => member.value.kind === 'literal' && Object.hasOwn(value, member.name),
  );
  return isLiteral ? literal(value) : { kind: 'object', members };
}
