import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCondition } from './condition.ts';
import type { ExpressionContext } from './expression-context.ts';
import { parseProjection } from './projection.ts';
import { parseUpdate } from './update.ts';

type Parse = (expression: string, context: ExpressionContext) => object | string;

const require = createRequire(import.meta.url);

function parserOf(name: string): Parse {
  const parser: { parse(text: string, options: { context: ExpressionContext }): object | string } =
    require(`dynalite/db/${name}Parser`);
  return (expression, context) => parser.parse(expression, { context });
}

function contextOf(): ExpressionContext {
  return {
    attrNames: { '#a': 'alpha', '#b': 'beta' },
    attrVals: {
      ':s': { S: 'x' },
      ':n': { N: '5' },
      ':l': { L: [] },
      ':m': { N: '7' },
      ':t': { SS: ['x'] },
    },
    unusedAttrNames: { '#a': true, '#b': true, '#c': true },
    unusedAttrVals: { ':s': true, ':n': true, ':l': true },
    isReserved: (name) => name.toUpperCase() === 'NAME',
    compare: (_, one, other) => Number(one['N']) > Number(other['N']),
  };
}

const SYNTAX_ERROR = 'Syntax error';
const CALL_IN_TWO = /\(\s*\(\s*\w+\s*\(/;
const REDUNDANT = 'The expression has redundant parentheses;';

/** What a parser makes of an expression, and which names and values it leaves unused. */
function outcomeOf(parse: Parse, expression: string): unknown {
  const context = contextOf();
  const result = attempt(() => parse(expression, context));
  // Of several conflicts dynalite names the last, and this parser the first.
  return typeof result === 'string'
    ? result.replace(/(?<=paths conflict with each other;).*/, '')
    : {
        // An absent type is null or undefined: dynalite makes no difference.
        result: JSON.parse(JSON.stringify(result, (_, member) => member ?? undefined)),
        unused: [Object.keys(context.unusedAttrNames), Object.keys(context.unusedAttrVals)],
      };
}

function attempt(run: () => object | string): object | string {
  try {
    return run();
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return name === 'SyntaxError' || message.startsWith('Syntax error;') ? SYNTAX_ERROR : message;
  }
}

const space = fc.constantFrom('', ' ', '\n ');
const gap = fc.constantFrom(' ', '\t ');
const word = fc.constantFrom('a', 'b', 'c1', 'NAME', 'sizes', '#a', '#b', '#c');
const step = fc.oneof(
  fc
    .tuple(space, fc.constantFrom('.b', '.#a', '.NAME', '[0]', '[ 12 ]'))
    .map((parts) => parts.join('')),
);
const path = fc
  .tuple(word, fc.array(step, { maxLength: 2 }))
  .map(([head, steps]) => head + steps.join(''));
const value = fc.constantFrom(':s', ':n', ':l', ':m', ':t', ':absent');

function inParentheses(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(space, text, space)
    .map(([before, inner, after]) => `(${before}${inner}${after})`);
}

const conditions = fc.letrec<
  Record<'operand' | 'call' | 'comparison' | 'condition' | 'members', string>
>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: path, weight: 5 },
    { arbitrary: value, weight: 5 },
    inParentheses(path),
    inParentheses(tie('operand')),
    tie('call'),
  ),
  members: fc.array(tie('operand'), { minLength: 1, maxLength: 3 }).map((all) => all.join(' , ')),
  call: fc
    .tuple(
      fc.constantFrom(
        'size',
        'size',
        'contains',
        'begins_with',
        'attribute_exists',
        'attribute_type',
        'other',
      ),
      space,
      inParentheses(tie('members')),
    )
    .map((parts) => parts.join('')),
  comparison: fc.oneof(
    fc
      .tuple(
        tie('operand'),
        gap,
        fc.constantFrom('=', '<>', '<', '<=', '>', '>='),
        gap,
        tie('operand'),
      )
      .map((parts) => parts.join('')),
    fc
      .tuple(tie('operand'), tie('operand'), tie('operand'))
      .map(([one, lower, upper]) => `${one} between ${lower} AND ${upper}`),
    fc.tuple(tie('operand'), inParentheses(tie('members'))).map((parts) => parts.join(' IN ')),
    tie('call'),
  ),
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: tie('comparison'), weight: 4 },
    { arbitrary: inParentheses(tie('condition')), weight: 3 },
    fc
      .tuple(tie('condition'), fc.constantFrom(' AND ', ' or '), tie('condition'))
      .map((parts) => parts.join('')),
    inParentheses(tie('condition')).map((one) => `NOT ${one}`),
    tie('operand'),
  ),
}));

const operandOfUpdate = fc.letrec<Record<'operand', string>>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { arbitrary: path, weight: 4 },
    { arbitrary: value, weight: 4 },
    inParentheses(path),
    fc
      .tuple(
        fc.constantFrom('if_not_exists', 'list_append', 'other'),
        inParentheses(
          fc.array(tie('operand'), { minLength: 1, maxLength: 3 }).map((all) => all.join(', ')),
        ),
      )
      .map((parts) => parts.join(' ')),
  ),
})).operand;

const sum = fc
  .tuple(operandOfUpdate, fc.constantFrom(' + ', '-'), operandOfUpdate)
  .map((parts) => parts.join(''));
const setting = fc
  .tuple(
    path,
    fc.oneof(
      path,
      value,
      operandOfUpdate.filter((one) => !one.startsWith('(')),
      sum.filter((one) => !one.startsWith('(')),
      inParentheses(sum),
    ),
  )
  .map((parts) => parts.join(' = '));

function section(keyword: string, members: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .array(members, { minLength: 1, maxLength: 3 })
    .map((all) => `${keyword} ${all.join(' , ')}`);
}

const update = fc
  .array(
    fc.oneof(
      section('SET', setting),
      section('remove', path),
      section(
        'ADD',
        fc.tuple(path, value).map((parts) => parts.join(' ')),
      ),
      section(
        'Delete',
        fc.tuple(path, value).map((parts) => parts.join(' ')),
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((sections) => sections.join(' '));

const projection = fc.array(path, { minLength: 1, maxLength: 4 }).map((paths) => paths.join(' , '));

test.each<readonly [string, Parse, fc.Arbitrary<string>]>([
  ['condition', parseCondition, conditions.condition],
  ['update', parseUpdate, update],
  ['projection', parseProjection, projection],
])('%s: an expression is read as the parser before ours read it', (name, parse, expressions) => {
  const reference = parserOf(name);
  fc.assert(
    fc.property(expressions, (expression) => {
      const wanted = outcomeOf(reference, expression);
      const outcome = outcomeOf(parse, expression);
      // Of a call in two parentheses dynalite names what is wrong before it has read on.
      if (CALL_IN_TWO.test(expression) && typeof wanted === 'string') {
        expect(typeof outcome).toBe('string');
        return;
      }
      // DynamoDB names parentheses that are too many before what stands behind them.
      if (wanted === SYNTAX_ERROR) expect([SYNTAX_ERROR, REDUNDANT]).toContain(outcome);
      else expect(outcome).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});
