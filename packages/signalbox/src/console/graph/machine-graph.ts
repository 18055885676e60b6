import type { Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/json.ts';
import type {
  Catcher,
  State,
  StateGraph,
  StateMachine,
  Transition,
} from '../../states-language/ast.ts';
import { printRule } from '../../states-language/print/print-condition.ts';
import { conditionText } from './condition-text.ts';

/** A state as a graph shows it. */
export interface GraphNode {
  readonly name: string;
  readonly type: State['type'];
  readonly comment?: string | undefined;
  /** Such as `lambda:invoke.waitForTaskToken` of a Task, or `Inline` and `Distributed` of a Map. */
  readonly detail?: string | undefined;
  readonly retriers: readonly GraphRetrier[];
  /** The fixed seconds of a Wait. */
  readonly waitSeconds?: number | undefined;
  /** The branches of a Parallel, or the one processor of a Map. */
  readonly inside: readonly MachineGraph[];
}

/** A rule of Retry, by which the time of the next attempt is told. */
export interface GraphRetrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
}

/** A way from one state to the next. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'default' | 'catch';
  /** The rule of a Choice, or the errors of a Catch. */
  readonly label?: string | undefined;
}

/** States and the ways between them: a whole machine, a branch, or the processor of a Map. */
export interface MachineGraph {
  readonly startAt: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Makes the graph of a parsed machine, or of a part of one. */
export function machineGraph({ startAt, states }: StateGraph | StateMachine): MachineGraph {
  const all = [...states.values()];
  return { startAt, nodes: all.map(nodeOf), edges: all.flatMap(edgesOf) };
}

function nodeOf(state: State): GraphNode {
  const { name, type, comment } = state;
  return {
    name,
    type,
    comment,
    detail: detailOf(state),
    retriers: 'retriers' in state ? state.retriers : [],
    waitSeconds: state.type === 'Wait' ? fixedSeconds(state.time) : undefined,
    inside: insideOf(state),
  };
}

function detailOf(state: State): string | undefined {
  if (state.type === 'Map') return state.distributed === undefined ? 'Inline' : 'Distributed';
  if (state.type !== 'Task') return undefined;
  return state.resource.text.replace(/^arn:aws[\w-]*:states:[^:]*:[^:]*:(?!activity:)/, '');
}

function fixedSeconds({
  kind,
  value,
}: Extract<State, { type: 'Wait' }>['time']): number | undefined {
  return kind === 'seconds' && value.kind === 'literal' && typeof value.value === 'number'
    ? value.value
    : undefined;
}

function insideOf(state: State): readonly MachineGraph[] {
  if (state.type === 'Map') return [machineGraph(state.processor)];
  return state.type === 'Parallel' ? state.branches.map(machineGraph) : [];
}

function edgesOf(state: State): readonly GraphEdge[] {
  const { name: from } = state;
  const catches = 'catchers' in state ? state.catchers.map((one) => catchEdge(from, one)) : [];
  if (state.type === 'Choice') return choiceEdges(state);
  return 'transition' in state ? [...nextEdges(from, state.transition), ...catches] : [];
}

function nextEdges(from: string, transition: Transition): readonly GraphEdge[] {
  return transition.kind === 'next' ? [{ from, to: transition.state, kind: 'next' }] : [];
}

function catchEdge(from: string, { next, errorEquals }: Catcher): GraphEdge {
  return { from, to: next, kind: 'catch', label: errorEquals.join(', ') };
}

function choiceEdges(state: Extract<State, { type: 'Choice' }>): readonly GraphEdge[] {
  const { name: from, rules, defaultState, flow } = state;
  const isJsonata = flow.language === 'JSONata';
  const choices = rules.map((rule): GraphEdge => {
    const written: Json = printRule(rule, isJsonata);
    const label = isJsonObject(written) ? conditionText(written) : undefined;
    return { from, to: rule.next, kind: 'choice', label };
  });
  return defaultState === undefined
    ? choices
    : [...choices, { from, to: defaultState, kind: 'default', label: 'Default' }];
}
