import type { FailState } from '../ast.ts';
import { parseIntrinsicCall } from '../jsonpath/intrinsic-call.ts';
import { parsePath } from '../jsonpath/path.ts';
import { literal, type Template } from '../template.ts';
import type { Fields } from './fields.ts';
import { isKnownCall, templateField } from './parse-template.ts';
import type { StateBaseOf } from './state-base.ts';

/** Reads what is a Fail state's own. */
export function parseFail(fields: Fields, base: StateBaseOf<FailState>): FailState {
  return {
    ...base,
    type: 'Fail',
    error: textField(fields, 'Error'),
    cause: textField(fields, 'Cause'),
  };
}

/** A text, JSONata's expression of one, or JSONPath's path or intrinsic call by the field's `…Path` twin. */
function textField(fields: Fields, name: string): Template | undefined {
  if (fields.language === 'JSONata') return templateField(fields, name);
  fields.atMostOne(name, `${name}Path`);
  const text = fields.text(name);
  if (text !== undefined) return literal(text);
  const dynamic = fields.text(`${name}Path`);
  return dynamic === undefined ? undefined : pathTemplate(dynamic, fields, `${name}Path`);
}

/** AWS: ErrorPath and CausePath take the functions that return a text. */
const OF_TEXT: ReadonlySet<string> = new Set(
  ['Format', 'JsonToString', 'ArrayGetItem', 'Base64Encode', 'Base64Decode', 'Hash', 'UUID'].map(
    (name) => `States.${name}`,
  ),
);

function pathTemplate(text: string, fields: Fields, field: string): Template | undefined {
  const path = text.startsWith('$') ? parsePath(text) : undefined;
  if (path !== undefined) return { kind: 'path', path, field };
  const call = parseIntrinsicCall(text);
  if (call !== undefined && isKnownCall(call) && OF_TEXT.has(call.name)) {
    return { kind: 'intrinsic', call, field };
  }
  fields.diagnostics.schema(
    'Value is not a Reference Path or a call of an intrinsic function that returns a string',
    fields.at(field),
  );
  return undefined;
}
