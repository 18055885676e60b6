import type jsonata from 'jsonata';
import { EvaluationFailure } from './evaluation-failure.ts';
import { MAX_TEXT_LENGTH } from './function-guards.ts';
import { StepCounter } from './step-counter.ts';
import { ValueWeights } from './value-weights.ts';

export const STACK_OVERFLOW =
  'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive';
export const MEMORY_EXCEEDED =
  'Expression evaluation memory limit exceeded: Check for excessive memory usage';
const TIME_EXCEEDED = 'Expression evaluation timeout: Check for infinite loop';

/** The name that JSONata's guide asks to bind for a call with each node's result. */
const AFTER_EACH_NODE = 'jsonata.__evaluate_exit';

/** The kinds of nodes that make values; the others hand on what was made before. */
const MAKERS: ReadonlySet<string> = new Set([
  ...['path', 'binary', 'unary', 'function', 'apply', 'wildcard', 'descendant'],
]);
/** The operators of which the work grows with what stands beside them. */
const COMPARING: ReadonlySet<unknown> = new Set(['=', '!=', 'in', '&']);

const ITEMS_PER_STEP = 8;
const CHARACTERS_PER_STEP = 64;
const WEIGHT_PER_STEP = 512;
/** The operator `^` copies the rest of the list at each comparison: the work grows by the square. */
const COMPARISONS_PER_STEP = 4096;

/**
 * Holds one evaluation to what AWS lets an expression have: values are bounded when they are made,
 * and work is counted, inside of the library's functions too.
 */
export class EvaluationLimits {
  weights = new ValueWeights();
  private readonly steps = new StepCounter(() => new EvaluationFailure(`: ${TIME_EXCEEDED}`));
  private nodes: WatchedNodes = watchedNodes(undefined);
  private comparisons = 0;

  /** Begins with an evaluation. */
  reset(): void {
    this.steps.reset();
    this.weights = new ValueWeights();
  }

  /** Looks at each node of an expression before and after it is evaluated. */
  watch(expression: jsonata.Expression): void {
    this.steps.watch(expression);
    this.nodes = watchedNodes(expression.ast());
    expression.assign(Symbol.for(AFTER_EACH_NODE), (node, _input, _environment, result) =>
      this.saw(node, result),
    );
  }

  /** Counts work as so many steps. @throws {EvaluationFailure} When it is too much. */
  charge(steps: number): void {
    this.steps.charge(steps);
  }

  /** Counts and bounds a value that was just made. @throws {EvaluationFailure} When it is too large. */
  check<T>(value: T): T {
    if (typeof value === 'string') {
      if (value.length > MAX_TEXT_LENGTH) throw this.memoryExceeded();
      this.charge(value.length / CHARACTERS_PER_STEP);
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) this.charge(value.length / ITEMS_PER_STEP);
    if (this.weights.exceedsLimit(value)) throw this.memoryExceeded();
    return value;
  }

  memoryExceeded(): EvaluationFailure {
    return new EvaluationFailure(`: ${MEMORY_EXCEEDED}`);
  }

  private saw(node: unknown, result: unknown): void {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && MAKERS.has(String(node.type))) this.check(result);
    if (this.nodes.operands.has(node)) this.charge(this.weights.weigh(result) / WEIGHT_PER_STEP);
    this.comparisons = this.nodes.sortTerms.has(node) ? this.comparisons + 1 : 0;
    this.charge(this.comparisons / COMPARISONS_PER_STEP);
  }
}

/** The nodes of an expression of which the evaluation is more work than it looks. */
interface WatchedNodes {
  /** Their results are compared or written out by an operator. */
  readonly operands: WeakSet<object>;
  /** What the operator `^` sorts by, with all that is in it. */
  readonly sortTerms: WeakSet<object>;
}

function watchedNodes(root: unknown): WatchedNodes {
  const operands = new WeakSet<object>();
  const sortTerms = new WeakSet<object>();
  const waiting: { readonly node: unknown; readonly isSortTerm: boolean }[] = [
    { node: root, isSortTerm: false },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, isSortTerm } = next;
    if (typeof node !== 'object' || node === null) continue;
    if (isSortTerm) sortTerms.add(node);
    const compares = 'lhs' in node && 'value' in node && COMPARING.has(node.value);
    for (const [name, member] of Object.entries(node)) {
      if (compares && typeof member === 'object' && member !== null) operands.add(member);
      waiting.push({ node: member, isSortTerm: isSortTerm || name === 'terms' });
    }
  }
  return { operands, sortTerms };
}
