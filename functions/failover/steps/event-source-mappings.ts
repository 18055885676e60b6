import {
  array,
  boolean,
  type InferOutput,
  literal,
  maxLength,
  minLength,
  object,
  optional,
  parse,
  picklist,
  pipe,
  record,
  regex,
  strictObject,
  string,
} from 'valibot';
import { ABSENT } from './ask-mapping.ts';
import { stepFields } from './step-fields.ts';
import { type ApiCall, required, stepKind } from './step-kind.ts';

const ArnSchema = pipe(
  string(),
  regex(
    /^arn:[^:]+:lambda:[a-z0-9-]+:\d{12}:event-source-mapping:[0-9a-f-]{36}$/,
    'Is not the ARN of one',
  ),
);

/**
 * Event source mappings of Lambda that are turned on in the Region that is to serve, or off in the one that
 * served: so that what comes in a queue or a stream is worked off in one Region, and not in both.
 */
const Schema = strictObject({
  kind: literal('event-source-mappings'),
  action: picklist(['enable', 'disable']),
  /** ARNs, whose Region may be another than the run's. */
  mappings: pipe(array(ArnSchema), minLength(1, 'Is empty'), maxLength(20)),
  /** Whether an ungraceful run leaves them alone: the Region that is lost may never answer. */
  ungraceful: optional(picklist(['act', 'skip']), 'act'),
  /** When a failed run turns them back. */
  undo: optional(picklist(['graceful', 'never']), 'graceful'),
  ...stepFields(300, 10),
});

/** The state of each mapping by its ARN; none where the run leaves them alone. */
const StateSchema = object({ isLeftAlone: boolean(), mappings: record(string(), string()) });
const DecisionSchema = object({ wanted: picklist(['Enabled', 'Disabled']) });

type Step = InferOutput<typeof Schema>;
type Mappings = InferOutput<typeof StateSchema>['mappings'];
type Wanted = InferOutput<typeof DecisionSchema>['wanted'];

const ON_THE_WAY: Readonly<Record<Wanted, string>> = { Enabled: 'Enabling', Disabled: 'Disabling' };
const SETTLED: readonly string[] = ['Enabled', 'Disabled'];
const LEFT_ALONE = 'Left as they are: the run is ungraceful';

/** Functions that poll, on or off by Region. */
export const eventSourceMappings = stepKind({
  kind: 'event-source-mappings',
  schema: Schema,
  state: StateSchema,
  decision: DecisionSchema,
  ungraceful: (step) =>
    step.ungraceful === 'skip' ? 'it leaves the mappings as they are' : undefined,

  targetsOf: ({ mappings }) => mappings.map((arn) => `event-source-mapping:${arn}`),

  async stateOf(step, { clients, mode }) {
    if (mode === 'ungraceful' && step.ungraceful === 'skip') {
      return { isLeftAlone: true, mappings: {} };
    }
    const states = await Promise.all(
      step.mappings.map(async (arn) => {
        const { region, uuid } = placeOf(arn);
        return [arn, await clients.readMapping(region, uuid)] as const;
      }),
    );
    return { isLeftAlone: false, mappings: Object.fromEntries(states) };
  },

  judge(step, { isLeftAlone, mappings }) {
    const wanted = wantedBy(step);
    const decision = { wanted } as const;
    if (isLeftAlone) {
      return { checks: [required('mappings-there', true, LEFT_ALONE)], decision };
    }
    const states = Object.values(mappings);
    const quiet = [...SETTLED, ON_THE_WAY[wanted], ABSENT];
    const isSettled = states.every((state) => quiet.includes(state));
    return {
      checks: [
        required('mappings-there', !states.includes(ABSENT), describe(mappings)),
        required('mappings-settled', isSettled, describe(mappings)),
      ],
      decision,
    };
  },

  callsFor: (_, { wanted }, { mappings }) => callsTo(wanted, mappings),

  progress(_, { wanted }, { isLeftAlone, mappings }) {
    if (isLeftAlone) return { status: 'done', detail: LEFT_ALONE };
    const states = Object.values(mappings);
    const detail = describe(mappings);
    if (states.includes(ABSENT)) return { status: 'failed', detail };
    return { status: states.every((state) => state === wanted) ? 'done' : 'pending', detail };
  },

  async perform({ parameters, region }, { clients }) {
    const { UUID, Enabled } = parse(CallSchema, parameters);
    return clients.turnMapping(region, UUID, Enabled);
  },

  reversal(step, { wanted }, before, state, { mode }) {
    if (state.isLeftAlone) {
      return before.isLeftAlone
        ? { kind: 'nothing', detail: LEFT_ALONE }
        : { kind: 'kept', detail: LEFT_ALONE };
    }
    // What somebody else has turned since is left alone.
    const ours = Object.keys(before.mappings).filter(
      (arn) =>
        before.mappings[arn] !== state.mappings[arn] && state.mappings[arn] !== opposite(wanted),
    );
    if (ours.length === 0)
      return { kind: 'undone', detail: `As before: ${describe(state.mappings)}` };
    if (step.undo === 'never' || mode === 'ungraceful') {
      return {
        kind: 'kept',
        detail: `The Region that was left is not known to be well: ${describe(state.mappings)}`,
      };
    }
    // Lambda takes no change of one that is being turned: its turn comes once it is through.
    const through = ours.filter((arn) => state.mappings[arn] === wanted);
    const calls = through.map((arn) => callTo(arn, opposite(wanted)));
    return { kind: 'calls', detail: `Back to ${describe(before.mappings)}`, calls };
  },
});

const CallSchema = object({ UUID: string(), Enabled: boolean() });

function wantedBy({ action }: Step): Wanted {
  return action === 'enable' ? 'Enabled' : 'Disabled';
}

function opposite(wanted: Wanted): Wanted {
  return wanted === 'Enabled' ? 'Disabled' : 'Enabled';
}

function callsTo(wanted: Wanted, mappings: Mappings): readonly ApiCall[] {
  return Object.entries(mappings)
    .filter(([, state]) => state !== wanted && state !== ON_THE_WAY[wanted] && state !== ABSENT)
    .map(([arn]) => callTo(arn, wanted));
}

function callTo(arn: string, wanted: Wanted): ApiCall {
  const { region, uuid } = placeOf(arn);
  const parameters = { UUID: uuid, Enabled: wanted === 'Enabled' };
  return { service: 'lambda', action: 'UpdateEventSourceMapping', region, parameters };
}

function placeOf(arn: string): { readonly region: string; readonly uuid: string } {
  const [, , , region = '', , , uuid = ''] = arn.split(':');
  return { region, uuid };
}

function describe(mappings: Mappings): string {
  return Object.entries(mappings)
    .map(([arn, state]) => `${arn.split(':').at(-1)} ${state}`)
    .join(', ');
}
