import type { WaitState, WaitTime } from '../ast.ts';
import { literal, type Template } from '../template.ts';
import { timestampMs } from '../timestamp.ts';
import { MAX_SECONDS } from './bounds.ts';
import type { Fields } from './fields.ts';
import { pathField, templateField } from './parse-template.ts';
import { parseTransition } from './parse-transition.ts';
import type { StateBaseOf } from './state-base.ts';

const FORMS = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'] as const;

/** Reads what is a Wait state's own. */
export function parseWait(fields: Fields, base: StateBaseOf<WaitState>): WaitState {
  const isJsonata = fields.language === 'JSONata';
  const given = FORMS.filter((name) => fields.has(name));
  if (given.length !== 1) {
    fields.alternatives(isJsonata ? ['Seconds', 'Timestamp'] : FORMS);
    const names = isJsonata ? 'Seconds, Timestamp' : FORMS.join(', ');
    fields.diagnostics.schema(`Exactly one of these fields is required: [${names}]`, fields.place);
  }
  const time = isJsonata ? jsonataTime(fields) : jsonPathTime(fields);
  return { ...base, type: 'Wait', time, transition: parseTransition(fields) };
}

function jsonataTime(fields: Fields): WaitTime {
  if (fields.has('Timestamp')) {
    const value = templateField(fields, 'Timestamp') ?? literal(null);
    return { kind: 'timestamp', value };
  }
  const value = templateField(fields, 'Seconds') ?? literal(0);
  if (value.kind === 'literal') fields.integer('Seconds', 0, MAX_SECONDS);
  return { kind: 'seconds', value };
}

function jsonPathTime(fields: Fields): WaitTime {
  if (fields.has('SecondsPath'))
    return { kind: 'seconds', value: pathTemplate(fields, 'SecondsPath') };
  if (fields.has('TimestampPath')) {
    return { kind: 'timestamp', value: pathTemplate(fields, 'TimestampPath') };
  }
  if (fields.has('Timestamp')) {
    const timestamp = fields.text('Timestamp') ?? '';
    if (timestampMs(timestamp) === undefined) {
      fields.diagnostics.schema('String does not match RFC3339 timestamp', fields.at('Timestamp'));
    }
    return { kind: 'timestamp', value: literal(timestamp) };
  }
  return { kind: 'seconds', value: literal(fields.integer('Seconds', 0, MAX_SECONDS) ?? 0) };
}

function pathTemplate(fields: Fields, name: string): Template {
  const path = pathField(fields, name);
  if (path === undefined || path === null) return literal(null);
  return { kind: 'path', path, field: name };
}
