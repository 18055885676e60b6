import { RE2JS, RE2JSException } from 're2js';
import { PathRefusal } from './path-refusal.ts';
import {
  COMPARISON_OPERATORS,
  type CompileTokens,
  type Criterion,
  type Filter,
  type FilterOperand,
  type FilterPath,
  isDefinite,
} from './path-token.ts';

/**
 * Reads `[?(…)]`. The text is split at every `&&` and `||`, within quotes too, and parentheses group
 * nothing: `&&` binds closer.
 * @throws {PathRefusal} Where it is no filter.
 */
export function parseFilter(text: string, compile: CompileTokens): Filter {
  const inner = /^\[\s*\?\s*\(([\s\S]*)\)\s*\]$/.exec(text.trim())?.[1]?.trim();
  if (inner === undefined) {
    throw new PathRefusal(`Filter must start with '[?(' and end with ')]'. ${text}`);
  }
  return inner
    .split('||')
    .map((group) => group.split('&&').map((criterion) => parseCriterion(criterion, compile)));
}

function parseCriterion(text: string, compile: CompileTokens): Criterion {
  const clean = text
    .trim()
    .replace(/^[[?( ]+/, '')
    .replace(/[) ]+$/, '');
  if (clean === '') throw new PathRefusal('Invalid operators');
  const operator = COMPARISON_OPERATORS.find((candidate) => clean.includes(candidate));
  if (operator === undefined) return parsePresence(clean.trim(), compile);
  const at = clean.indexOf(operator);
  const left = clean.slice(0, at).trim();
  const right = clean.slice(at + operator.length).trim();
  if (right.startsWith('!@')) throw new PathRefusal('Invalid negation!');
  // A negation before a comparison counts for nothing.
  const plainLeft = left.startsWith('!@') ? left.slice(1) : left;
  return {
    kind: 'comparison',
    operator,
    left: operand(plainLeft, compile),
    right: operand(right, compile),
  };
}

function parsePresence(text: string, compile: CompileTokens): Criterion {
  const isPresent = !text.startsWith('!@');
  const path = isPresent ? text : text.slice(1);
  if (!/^[$@]/.test(path)) throw new PathRefusal('CriteriaType  can not be parsed');
  return { kind: 'presence', path: filterPath(path, compile), isPresent };
}

function operand(text: string, compile: CompileTokens): FilterOperand {
  if (/^[$@]/.test(text)) return { kind: 'path', path: filterPath(text, compile) };
  if (text.length > 1 && text.startsWith("'") && text.endsWith("'")) {
    return { kind: 'text', text: text.slice(1, -1) };
  }
  const pattern = /^\/([\s\S]*)\/(i?)$/.exec(text);
  if (pattern !== null) {
    return { kind: 'pattern', pattern: compilePattern(pattern[1] ?? '', pattern[2] === 'i') };
  }
  return { kind: 'text', text };
}

function filterPath(text: string, compile: CompileTokens): FilterPath {
  const tokens = compile(`$${text.slice(1)}`);
  if (!tokens.every(isDefinite)) {
    throw new PathRefusal(`the predicate path: ${text} is not definite`);
  }
  return { isRoot: text.startsWith('$'), tokens };
}

/** On an engine whose time is linear in the text: no look-around, no back-reference. */
function compilePattern(source: string, ignoresCase: boolean): RE2JS {
  try {
    return RE2JS.compile(source, ignoresCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new PathRefusal(`Regular expression /${source}/ is not supported: ${error.message}`);
  }
}
