import jsonata from 'jsonata';
import { areExactNumbers, ExactNumber } from '../../core/exact-json/exact-number.ts';
import { objectOf } from '../../core/exact-json/ordered-object.ts';
import type { Json } from '../../core/json.ts';
import { bindBounded } from './bounded-functions.ts';
import { EvaluationFailure, UnsupportedResult } from './evaluation-failure.ts';
import { EvaluationLimits, MEMORY_EXCEEDED, STACK_OVERFLOW } from './evaluation-limits.ts';
import { hasLongLiteral, makeExact } from './exact-arithmetic.ts';
import { usesNewerOperator } from './feature-set.ts';
import { FUNCTIONS } from './functions.ts';
import { holdsExact, isData, toDoubles, toJsonata, toJsonNumber } from './jsonata-values.ts';
import { LinearTimeRegExp, unsupportedRegExp } from './linear-time-reg-exp.ts';
import { memberPathOf, readMember } from './member-path.ts';
import { type NativeFunction, nativeFunctions } from './native-functions.ts';
import { readsOfStates } from './reads-of-states.ts';
import { topLevelReference } from './top-level-reference.ts';
import { isFunction } from './value-weights.ts';

/** A JSONata expression of a definition. */
export interface Expression {
  /** Between the `{%` and the `%}`, trimmed. */
  readonly source: string;
  /**
   * Evaluates to JSON, or undefined where the expression yields nothing.
   * @throws {EvaluationFailure} When the expression fails.
   */
  evaluate(bindings: Bindings): Promise<Json | undefined>;
}

/**
 * The names in reach of an expression: `$states`, the variables, and functions that need chance
 * or time.
 */
export type Bindings = Readonly<Record<string, unknown>>;

/** The members of `$states` that a field has beyond `input` and `context`. */
export interface Reach {
  readonly errorOutput: boolean;
  readonly result: boolean;
}

/** The reason for which an expression cannot be used, in the words of AWS's validation. */
export interface ExpressionProblem {
  readonly code: 'INVALID_JSONATA_EXPRESSION' | 'UNSUPPORTED_JSONATA_EXPRESSION';
  readonly message: string;
}

// AWS, measured: floci-io/floci issue 2737.
const MAX_DEPTH = 100;
const MAX_SEQUENCE_LENGTH = 873_782;

/** Limits of the library by its error code, in the words of AWS. */
const LIMITS: ReadonlyMap<string, string> = new Map([
  ['D1011', STACK_OVERFLOW],
  ['D2014', MEMORY_EXCEEDED],
  ['D2015', MEMORY_EXCEEDED],
]);

/** Compiles an expression, held to what AWS runs: JSONata 2.0.6 without `$eval`, and six functions more. */
export function compileExpression(
  source: string,
  reach: Reach = { errorOutput: false, result: true },
): Expression | ExpressionProblem {
  if (usesNewerOperator(source)) return invalidExpression('Syntax error: "?"');
  const compiled = parse(source);
  if ('code' in compiled) return compiled;
  const reference = topLevelReference(compiled.ast());
  if (reference !== undefined) {
    return unsupported(`Reference to '${reference}' at the top level is not supported.`);
  }
  if (!reach.errorOutput && readsOfStates(compiled.ast(), 'errorOutput')) {
    return unsupported("Reference to '$states.errorOutput' is only supported in Catch.");
  }
  if (!reach.result && readsOfStates(compiled.ast(), 'result')) {
    return unsupported(
      "Reference to '$states.result' is only supported in Output and Assign of Task, Map and Parallel.",
    );
  }
  const regExp = unsupportedRegExp(compiled.ast());
  if (regExp !== undefined) return invalidExpression(regExp);
  // Most expressions of an app's definitions are never evaluated: what is compiled is large, and kept only then.
  const plain = new CompiledExpressions(source, { isExact: false });
  const exact = new CompiledExpressions(source, { isExact: true });
  const isLong = hasLongLiteral(source);
  const path = memberPathOf(compiled.ast());
  return {
    source,
    async evaluate(given) {
      const member = path && readMember(path, given);
      if (member !== undefined) return toJson(toJsonataValue(member.value));
      if (!areExactNumbers() && !isLong) return plain.evaluate(given);
      const bindings = mapData(given, toJsonata);
      if (!isLong && !Object.values(bindings).some(holdsExact)) return plain.evaluate(bindings);
      try {
        return await exact.evaluate(bindings);
      } catch (error) {
        if (!(error instanceof EvaluationFailure)) throw error;
        // A function of the library knows doubles only.
        return plain.evaluate(mapData(bindings, toDoubles));
      }
    },
  };
}

/** What is read without being evaluated has AWS's numbers too. */
function toJsonataValue(value: unknown): unknown {
  return areExactNumbers() && isData(value) ? toJsonata(value) : value;
}

function mapData(bindings: Bindings, map: (value: Json) => Json): Bindings {
  return Object.fromEntries(
    Object.entries(bindings).map(([name, value]) => [name, isData(value) ? map(value) : value]),
  );
}

/** What is compiled of one expression: as many as are evaluated at a time. */
class CompiledExpressions {
  private readonly idle: CompiledExpression[] = [];
  private readonly source: string;
  private readonly isExact: boolean;

  constructor(source: string, { isExact }: { readonly isExact: boolean }) {
    this.source = source;
    this.isExact = isExact;
  }

  async evaluate(bindings: Bindings): Promise<Json | undefined> {
    const ready = this.idle.pop() ?? this.compile(await nativeFunctions());
    try {
      return await evaluate(ready, bindings);
    } finally {
      this.idle.push(ready);
    }
  }

  private compile(natives: readonly NativeFunction[]): CompiledExpression {
    const compiled = withFunctions(this.source, natives);
    if (this.isExact) makeExact(compiled.expression, this.source);
    return compiled;
  }
}

/** One evaluation at a time: it counts its own work. */
interface CompiledExpression {
  readonly expression: jsonata.Expression;
  readonly limits: EvaluationLimits;
}

function withFunctions(source: string, natives: readonly NativeFunction[]): CompiledExpression {
  const expression = compile(source);
  const limits = new EvaluationLimits();
  limits.watch(expression);
  // Few expressions name more than two or three.
  const named = natives.filter(({ name }) => source.includes(`$${name}`));
  bindBounded(expression, named, limits);
  for (const { name, run } of FUNCTIONS) expression.registerFunction(name, run);
  return { expression, limits };
}

function compile(source: string): jsonata.Expression {
  return jsonata(source, {
    RegexEngine: LinearTimeRegExp,
    stack: MAX_DEPTH,
    sequence: MAX_SEQUENCE_LENGTH,
  });
}

function unsupported(message: string): ExpressionProblem {
  return { code: 'UNSUPPORTED_JSONATA_EXPRESSION', message };
}

function invalidExpression(message: string): ExpressionProblem {
  return { code: 'INVALID_JSONATA_EXPRESSION', message };
}

function parse(source: string): jsonata.Expression | ExpressionProblem {
  try {
    return compile(source);
  } catch (error) {
    // The library's own, a regular expression that is none, or brackets that are nested too deep.
    const isOfSource = error instanceof SyntaxError || error instanceof RangeError;
    if (isLibraryError(error) || isOfSource) return invalidExpression(error.message);
    throw error;
  }
}

async function evaluate(
  { expression, limits }: CompiledExpression,
  bindings: Bindings,
): Promise<Json | undefined> {
  limits.reset();
  try {
    const result: unknown = await expression.evaluate(undefined, { ...bindings, eval: undefined });
    if (typeof result === 'object' && result !== null && isFunction(result)) {
      throw new UnsupportedResult();
    }
    return toJson(result);
  } catch (error) {
    throw toFailure(error);
  }
}

function toFailure(error: unknown): unknown {
  if (error instanceof EvaluationFailure || error instanceof UnsupportedResult) return error;
  if (isLibraryError(error)) {
    const limit = LIMITS.get(error.code);
    if (limit !== undefined) return new EvaluationFailure(`: ${limit}`);
    return new EvaluationFailure(`. ${error.code}: ${error.message}`);
  }
  if (error instanceof RangeError) return new EvaluationFailure(`: ${limitOf(error)}`);
  return error;
}

/** The engine's own limits: deep data ends its stack, texts and arrays have a greatest length. */
function limitOf(error: RangeError): string {
  return /^Invalid .*(length|size)/.test(error.message) ? MEMORY_EXCEEDED : STACK_OVERFLOW;
}

interface LibraryError {
  readonly code: string;
  readonly message: string;
}

function isLibraryError(error: unknown): error is LibraryError {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    'message' in error
  );
}

/** Copies a result into plain JSON: the library marks its own arrays, and functions are no values. */
function toJson(value: unknown): Json | undefined {
  if (value === null) return null;
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value;
    case 'number':
      return toJsonNumber(value);
    case 'object':
      if (value instanceof ExactNumber) return value;
      return Array.isArray(value) ? toJsonArray(value) : toJsonObject(value);
    default:
      return undefined;
  }
}

function toJsonArray(values: readonly unknown[]): Json {
  return values.map((value) => toJson(value) ?? null);
}

function toJsonObject(value: object): Json | undefined {
  if (isFunction(value)) return undefined;
  return objectOf(
    Object.entries(value).flatMap(([name, member]) => {
      const json = toJson(member);
      return json === undefined ? [] : [[name, json] as const];
    }),
  );
}
