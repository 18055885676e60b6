import type { Json } from '../../core/json.ts';
import type { ChoiceRule, ChoiceState } from '../ast.ts';
import type { Condition, Operand } from '../choice/condition.ts';
import { operandType } from '../choice/operand-types.ts';
import { OPERATORS, PATH_OPERATORS } from '../choice/operators.ts';
import { parsePath } from '../jsonpath/path.ts';
import type { Fields } from './fields.ts';
import { assignField, templateField } from './parse-template.ts';
import type { StateBaseOf } from './state-base.ts';

/** Reads what is a Choice state's own. */
export function parseChoice(fields: Fields, base: StateBaseOf<ChoiceState>): ChoiceState {
  fields.require('Choices');
  if (fields.has('Choices') && fields.items('Choices').length === 0) {
    fields.diagnostics.schema('Value cannot be empty', fields.at('Choices'));
  }
  return {
    ...base,
    type: 'Choice',
    rules: fields.objects('Choices').flatMap((rule) => parseRule(rule) ?? []),
    defaultState: fields.text('Default'),
  };
}

function parseRule(rule: Fields): ChoiceRule | undefined {
  rule.require('Next');
  rule.text('Comment');
  const assign = assignField(rule);
  const isJsonata = rule.language === 'JSONata';
  const output = isJsonata ? templateField(rule, 'Output') : undefined;
  const next = rule.text('Next') ?? '';
  const condition = isJsonata ? parseJsonata(rule) : parseCondition(rule, true);
  rule.refuseOthers();
  return condition && { condition, next, output, assign };
}

function parseJsonata(rule: Fields): Condition | undefined {
  rule.require('Condition');
  const template = templateField(rule, 'Condition');
  if (template?.kind === 'jsonata') {
    return { kind: 'jsonata', expression: template.expression, field: template.field };
  }
  if (template?.kind === 'literal' && typeof template.value === 'boolean') {
    // A condition that always or never holds: all of no conditions, or some of none.
    return { kind: template.value ? 'and' : 'or', conditions: [] };
  }
  if (template !== undefined) {
    rule.diagnostics.schema('Value must be a JSONata expression', rule.at('Condition'));
  }
  return undefined;
}

function parseCondition(fields: Fields, isTop: boolean): Condition | undefined {
  if (!isTop && fields.has('Next')) {
    fields.diagnostics.schema("Field 'Next' is not supported", fields.place);
  }
  if (fields.has('And')) return parseMany(fields, 'And', 'and');
  if (fields.has('Or')) return parseMany(fields, 'Or', 'or');
  if (fields.has('Not')) {
    const inner = fields.object('Not');
    const condition = inner && parseInner(inner);
    return condition && { kind: 'not', condition };
  }
  return parseComparison(fields);
}

function parseMany(fields: Fields, name: string, kind: 'and' | 'or'): Condition {
  const conditions = fields.objects(name).flatMap((inner) => parseInner(inner) ?? []);
  if (fields.items(name).length === 0) {
    fields.diagnostics.schema('Value cannot be empty', fields.at(name));
  }
  return { kind, conditions };
}

function parseInner(inner: Fields): Condition | undefined {
  const condition = parseCondition(inner, false);
  inner.text('Comment');
  inner.refuseOthers();
  return condition;
}

function parseComparison(fields: Fields): Condition | undefined {
  if (!fields.require('Variable')) return undefined;
  const text = fields.text('Variable');
  const variable = text === undefined ? undefined : parsePath(text);
  const names = fields.names.filter((name) => OPERATORS.has(name) || PATH_OPERATORS.has(name));
  const [name] = names;
  if (name === undefined || names.length > 1) {
    fields.alternatives(names);
    fields.diagnostics.schema('Exactly one comparison operator is required', fields.place);
    return undefined;
  }
  const operator = OPERATORS.get(name) ?? PATH_OPERATORS.get(name);
  const operand = parseOperand(fields, name);
  if (variable === undefined) {
    fields.diagnostics.schema('Value is not a Reference Path', fields.at('Variable'));
  }
  if (variable === undefined || operator === undefined || operand === undefined) return undefined;
  return { kind: 'comparison', variable, operator, operand };
}

function parseOperand(fields: Fields, name: string): Operand | undefined {
  const value: Json = fields.value(name) ?? null;
  if (OPERATORS.has(name)) {
    const type = operandType(name);
    if (type.isOf(value)) return { kind: 'literal', value };
    fields.diagnostics.schema(`Expected value of type [${type.name}]`, fields.at(name));
    return undefined;
  }
  const path = typeof value === 'string' ? parsePath(value) : undefined;
  if (path !== undefined) return { kind: 'path', path };
  fields.diagnostics.schema('Value is not a Reference Path', fields.at(name));
  return undefined;
}
