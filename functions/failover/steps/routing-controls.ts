import {
  AccessDeniedException,
  ConflictException,
  GetRoutingControlStateCommand,
  ResourceNotFoundException,
  type Route53RecoveryClusterClient,
  UpdateRoutingControlStatesCommand,
  ValidationException,
} from '@aws-sdk/client-route53-recovery-cluster';
import {
  array,
  type InferOutput,
  literal,
  minLength,
  object,
  optional,
  parse,
  picklist,
  pipe,
  record,
  strictObject,
  string,
} from 'valibot';
import { RoutingControlsUnreachableError } from '../errors.ts';
import { NameSchema, stepFields } from './step-fields.ts';
import { type ApiCall, required, type StepRun, stepKind } from './step-kind.ts';

/** Traffic goes where the controls are On; all are set in one call, so that a safety rule sees the whole. */
const Schema = strictObject({
  kind: literal('routing-controls'),
  /** ARNs of the routing controls to turn on and off. */
  on: pipe(array(NameSchema), minLength(1, 'Is empty')),
  off: optional(array(NameSchema), []),
  /** When a failed run turns the traffic back: only where the Region that was left is known to be well. */
  undo: optional(picklist(['graceful', 'never']), 'graceful'),
  ...stepFields(120, 5),
});

const ControlStateSchema = picklist(['On', 'Off']);
const StateSchema = object({ controls: record(string(), ControlStateSchema) });
const DecisionSchema = object({ controls: record(string(), ControlStateSchema) });

type Step = InferOutput<typeof Schema>;
type Controls = InferOutput<typeof StateSchema>['controls'];

/** Traffic by the routing controls of Route 53 ARC: a data plane of five Regions. */
export const routingControls = stepKind({
  kind: 'routing-controls',
  schema: Schema,
  state: StateSchema,
  decision: DecisionSchema,
  ungraceful: () => 'a run that fails leaves the traffic where it is',

  targetsOf: ({ on, off }) => [...on, ...off].map((arn) => `routing-control:${arn}`),

  async stateOf(step, run) {
    const arns = [...step.on, ...step.off];
    const states = await Promise.all(
      arns.map(async (RoutingControlArn) => {
        const { RoutingControlState: state } = await atAnyEndpoint(run, (client) =>
          client.send(new GetRoutingControlStateCommand({ RoutingControlArn })),
        );
        return [RoutingControlArn, parse(ControlStateSchema, state)] as const;
      }),
    );
    return { controls: Object.fromEntries(states) };
  },

  judge(step, { controls }) {
    const wanted = wantedControls(step);
    return {
      checks: [required('controls-readable', true, describe(controls))],
      decision: { controls: wanted },
    };
  },

  callsFor: (_, decision, state, run) => callsTo(decision.controls, state.controls, run),

  progress(_, decision, state) {
    const isDone = differing(decision.controls, state.controls).length === 0;
    return { status: isDone ? 'done' : 'pending', detail: describe(state.controls) };
  },

  async perform({ parameters }, run) {
    const { UpdateRoutingControlStateEntries } = parse(CallSchema, parameters);
    const { $metadata: metadata } = await atAnyEndpoint(run, (client) =>
      client.send(new UpdateRoutingControlStatesCommand({ UpdateRoutingControlStateEntries })),
    );
    return metadata.requestId ?? '';
  },

  reversal(step, decision, before, state, run) {
    if (differing(before.controls, state.controls).length === 0) {
      return { kind: 'undone', detail: `As before: ${describe(state.controls)}` };
    }
    if (step.undo === 'never' || run.mode === 'ungraceful') {
      return {
        kind: 'kept',
        detail: `The Region that was left is not known to be well, so the traffic stays: ${describe(state.controls)}`,
      };
    }
    // Controls that somebody else has set since are left alone.
    const ours = Object.fromEntries(
      Object.entries(before.controls).filter(
        ([arn]) => state.controls[arn] === decision.controls[arn],
      ),
    );
    const calls = callsTo(ours, state.controls, run);
    const detail = `Back to ${describe(before.controls)}`;
    return calls.length === 0 ? { kind: 'kept', detail } : { kind: 'calls', detail, calls };
  },
});

const CallSchema = object({
  UpdateRoutingControlStateEntries: array(
    object({ RoutingControlArn: string(), RoutingControlState: ControlStateSchema }),
  ),
});

function wantedControls({ on, off }: Step): Controls {
  return Object.fromEntries([
    ...off.map((arn) => [arn, 'Off'] as const),
    ...on.map((arn) => [arn, 'On'] as const),
  ]);
}

function differing(
  wanted: Controls,
  present: Controls,
): readonly (readonly [string, 'On' | 'Off'])[] {
  return Object.entries(wanted).filter(([arn, state]) => present[arn] !== state);
}

function callsTo(wanted: Controls, present: Controls, { region }: StepRun): readonly ApiCall[] {
  const entries = differing(wanted, present);
  if (entries.length === 0) return [];
  return [
    {
      service: 'route53-recovery-cluster',
      action: 'UpdateRoutingControlStates',
      region,
      parameters: {
        UpdateRoutingControlStateEntries: entries.map(([arn, state]) => ({
          RoutingControlArn: arn,
          RoutingControlState: state,
        })),
      },
    },
  ];
}

function describe(controls: Controls): string {
  return Object.entries(controls)
    .map(([arn, state]) => `${arn.split('/').at(-1)} ${state}`)
    .join(', ');
}

/** Errors of the request itself: another endpoint would say the same. */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof ConflictException ||
    error instanceof ValidationException ||
    error instanceof AccessDeniedException ||
    error instanceof ResourceNotFoundException
  );
}

/**
 * Asks the cluster's endpoints in turn until one responds, as AWS asks its users to.
 * @throws {RoutingControlsUnreachableError} When none does.
 */
async function atAnyEndpoint<Answer>(
  { clients }: StepRun,
  ask: (client: Route53RecoveryClusterClient) => Promise<Answer>,
): Promise<Answer> {
  const reasons: string[] = [];
  for (const client of clients.routingControls) {
    try {
      return await ask(client);
    } catch (error) {
      if (isAnswer(error)) throw error;
      reasons.push(error instanceof Error ? error.name : String(error));
    }
  }
  throw new RoutingControlsUnreachableError(
    `None of ${clients.routingControls.length} endpoints of the routing control cluster answered: ${reasons.join(', ')}`,
  );
}
