import {
  type InferOutput,
  literal,
  object,
  optional,
  parse,
  picklist,
  record,
  strictObject,
  string,
  unknown,
} from 'valibot';
import { FunctionAnswerSchema } from './ask-function.ts';
import { NameSchema, stepFields } from './step-fields.ts';
import { type ApiCall, required, type StepRun, stepKind } from './step-kind.ts';

/**
 * A function of one's own: what no other kind does, such as event source mappings that are switched on
 * here, or a cache that is warmed after the traffic has come.
 */
const Schema = strictObject({
  kind: literal('lambda-function'),
  /** A name or an ARN in the run's own Region. */
  function: NameSchema,
  /** Handed to the function as it is. */
  input: optional(record(string(), unknown()), {}),
  /** Whether the function is asked to undo, when the run fails. */
  undo: optional(picklist(['call', 'never']), 'never'),
  ...stepFields(300, 15),
});

/** There is nothing to decide: the function knows what it is for. */
const DecisionSchema = object({});

type Step = InferOutput<typeof Schema>;
type State = InferOutput<typeof FunctionAnswerSchema>;

/** A step that a function of one's own does. */
export const lambdaFunction = stepKind({
  kind: 'lambda-function',
  schema: Schema,
  state: FunctionAnswerSchema,
  decision: DecisionSchema,
  ungraceful: () => 'the function is told so',

  targetsOf: (step, region) => [`lambda:${region}:${step.function}`],

  async stateOf(step, run) {
    const { status, detail } = await run.clients.askFunction(
      step.function,
      questionOf(step.input, 'look', run),
    );
    return { status, detail };
  },

  judge: (_, { status, detail }) => ({
    checks: [required('function-ready', status !== 'failed', detail || status)],
    decision: {},
  }),

  callsFor: (step, _, { status }, run) => (status === 'ready' ? [callTo(step, 'act', run)] : []),

  progress(_, __, { status, detail }) {
    const said = detail === '' ? `The function says "${status}"` : detail;
    return { status: status === 'ready' ? 'pending' : status, detail: said };
  },

  async perform({ parameters }, run) {
    const { FunctionName, Payload } = parse(CallSchema, parameters);
    const { phase, input } = Payload;
    const answer = await run.clients.askFunction(FunctionName, questionOf(input, phase, run));
    return answer.requestId;
  },

  reversal(step, _, __, state: State, run) {
    const { status, detail } = state;
    if (status === 'ready') return { kind: 'undone', detail: detail || 'It has not acted' };
    if (step.undo === 'never') {
      return { kind: 'kept', detail: 'The plan does not let the function undo what it did' };
    }
    return { kind: 'calls', detail: 'The function undoes', calls: [callTo(step, 'undo', run)] };
  },
});

const CallSchema = object({
  FunctionName: string(),
  Payload: object({ phase: picklist(['act', 'undo']), input: record(string(), unknown()) }),
});

function callTo(step: Step, phase: 'act' | 'undo', { region }: StepRun): ApiCall {
  return {
    service: 'lambda',
    action: 'Invoke',
    region,
    parameters: { FunctionName: step.function, Payload: { phase, input: step.input } },
  };
}

function questionOf(
  input: Readonly<Record<string, unknown>>,
  phase: 'look' | 'act' | 'undo',
  { failoverId, region, mode }: StepRun,
) {
  return { phase, failoverId, region, mode, input };
}
