import type { Json } from '../core/json.ts';
import type { Condition } from './choice/condition.ts';
import type { Path } from './jsonpath/path.ts';
import type { ReferencePath } from './jsonpath/reference-path.ts';
import type { TaskResource } from './task/resource.ts';
import type { Template } from './template.ts';

export type QueryLanguage = 'JSONPath' | 'JSONata';

/** States with a start: a whole machine, a branch of a Parallel, the processor of a Map. */
export interface StateGraph {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A workflow after parsing: every default applied, every expression compiled, every target known to exist. */
export interface StateMachine extends StateGraph {
  readonly comment: string | undefined;
  readonly version: string | undefined;
  readonly queryLanguage: QueryLanguage;
  readonly timeoutSeconds: number | undefined;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

interface StateBase {
  readonly name: string;
  readonly comment: string | undefined;
  /** The steps from the state's input to its output, in its query language. */
  readonly flow: DataFlow;
}

/** The transition out of a state. */
export type Transition =
  | { readonly kind: 'next'; readonly state: string }
  | { readonly kind: 'end' };

export type DataFlow = JsonPathFlow | JsonataFlow;

/** The data fields of a JSONPath state; an undefined path is the default, `$`. */
export interface JsonPathFlow {
  readonly language: 'JSONPath';
  /** `null` hands on `{}`. */
  readonly inputPath: Path | null | undefined;
  readonly parameters: Template | undefined;
  readonly resultSelector: Template | undefined;
  /** `null` drops the result and hands on the input. */
  readonly resultPath: ReferencePath | null | undefined;
  /** `null` hands on `{}`. */
  readonly outputPath: Path | null | undefined;
  readonly assign: Assign | undefined;
}

/** The data fields of a JSONata state. */
export interface JsonataFlow {
  readonly language: 'JSONata';
  readonly arguments: Template | undefined;
  readonly output: Template | undefined;
  readonly assign: Assign | undefined;
}

/** The values that a state assigns, by the variable's name. */
export type Assign = ReadonlyMap<string, Template>;

/** A rule of Retry. */
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitterStrategy: 'FULL' | 'NONE';
}

/** A rule of Catch. */
export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  /** JSONPath; undefined is the default, `$`. */
  readonly resultPath: ReferencePath | null | undefined;
  /** JSONata. */
  readonly output: Template | undefined;
  readonly assign: Assign | undefined;
}

interface Fallible {
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
}

export interface PassState extends StateBase {
  readonly type: 'Pass';
  readonly result: Json | undefined;
  readonly transition: Transition;
}

export interface TaskState extends StateBase, Fallible {
  readonly type: 'Task';
  readonly resource: TaskResource;
  /** A number, or what yields one. */
  readonly timeoutSeconds: Template | undefined;
  readonly heartbeatSeconds: Template | undefined;
  /** The ARN of the role of `Credentials`. */
  readonly roleArn: Template | undefined;
  readonly transition: Transition;
}

/** A rule of Choices: the first whose condition holds leads on. */
export interface ChoiceRule {
  readonly condition: Condition;
  readonly next: string;
  readonly output: Template | undefined;
  readonly assign: Assign | undefined;
}

export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly rules: readonly ChoiceRule[];
  readonly defaultState: string | undefined;
}

/** The duration of a Wait: `seconds` yields a number, `timestamp` a text. */
export interface WaitTime {
  readonly kind: 'seconds' | 'timestamp';
  readonly value: Template;
}

export interface WaitState extends StateBase {
  readonly type: 'Wait';
  readonly time: WaitTime;
  readonly transition: Transition;
}

export interface SucceedState extends StateBase {
  readonly type: 'Succeed';
}

export interface FailState extends StateBase {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

export interface ParallelState extends StateBase, Fallible {
  readonly type: 'Parallel';
  readonly branches: readonly StateGraph[];
  readonly transition: Transition;
}

export interface MapState extends StateBase, Fallible {
  readonly type: 'Map';
  readonly items: Template | undefined;
  /** ItemSelector, or Parameters as it was called before. */
  readonly itemSelector: Template | undefined;
  readonly maxConcurrency: Template | undefined;
  readonly processor: StateGraph;
  /** Undefined for an inline Map. */
  readonly distributed: DistributedMap | undefined;
  readonly transition: Transition;
}

/** The fields that only a Distributed Map has. */
export interface DistributedMap {
  readonly executionType: 'STANDARD' | 'EXPRESS';
  readonly label: string | undefined;
  readonly itemReader: ItemReader | undefined;
  readonly itemBatcher: ItemBatcher | undefined;
  readonly resultWriter: ResultWriter | undefined;
  readonly toleratedFailureCount: Template | undefined;
  readonly toleratedFailurePercentage: Template | undefined;
}

export interface ItemReader {
  readonly resource: TaskResource;
  readonly parameters: Template | undefined;
  readonly inputType: 'CSV' | 'JSON' | 'JSONL' | 'MANIFEST' | 'PARQUET' | undefined;
  readonly transformation: 'NONE' | 'LOAD_AND_FLATTEN';
  readonly manifestType: 'ATHENA_DATA' | 'S3_INVENTORY' | undefined;
  readonly csvDelimiter: string;
  readonly csvHeaderLocation: 'FIRST_ROW' | 'GIVEN';
  readonly csvHeaders: readonly string[];
  readonly maxItems: Template | undefined;
  /** Names inside a JSON object, to the array in it. */
  readonly itemsPointer: readonly string[];
}

export interface ItemBatcher {
  readonly maxItemsPerBatch: Template | undefined;
  readonly maxInputBytesPerBatch: Template | undefined;
  readonly batchInput: Template | undefined;
}

export interface ResultWriter {
  readonly resource: TaskResource | undefined;
  readonly parameters: Template | undefined;
  readonly outputType: 'JSON' | 'JSONL';
  readonly transformation: 'NONE' | 'COMPACT' | 'FLATTEN';
}
