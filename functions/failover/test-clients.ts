import { number, object, parse } from 'valibot';
import { type Clients, createClients } from './clients.ts';
import type { StepRun } from './steps/step-kind.ts';

/** AWS's response to each action, or the error that it throws. */
export type Answers = Readonly<Record<string, (input: object) => object>>;

/** A call that went to a client, by the Region or endpoint that it was made for. */
export interface MadeCall {
  readonly action: string;
  readonly input: object;
}

interface Output {
  readonly $metadata: { readonly requestId: string };
}

const QuotaSchema = object({ Value: number() });

const FIRST = { step: 'initialize', priority: 'high', name: 'answers' } as const;
const REGION = 'us-east-1';

/** Real clients whose calls are answered before they go out, and what was called. */
export function answeringClients(
  answers: Answers,
  bucketRegions: readonly string[] = [REGION],
): {
  readonly clients: Clients;
  readonly calls: readonly MadeCall[];
} {
  const calls: MadeCall[] = [];
  const answer = (context: { readonly commandName?: string }, input: object): Output => {
    const action = (context.commandName ?? '').replace(/Command$/, '');
    calls.push({ action, input });
    const work = answers[action];
    if (work === undefined) throw new Error(`Nobody answers ${action}`);
    return { $metadata: { requestId: `request-${calls.length}` }, ...work(input) };
  };
  const made = createClients([
    { region: 'us-east-1', endpoint: 'https://one.example.com' },
    { region: 'us-west-2', endpoint: 'https://two.example.com' },
  ]);
  const clients: Clients = {
    ...made,
    readQuota: async (region, ServiceCode, QuotaCode) =>
      parse(
        QuotaSchema,
        answer({ commandName: 'GetServiceQuota' }, { region, ServiceCode, QuotaCode }),
      ).Value,
  };
  clients.rds(REGION).middlewareStack.add(
    (_, context) =>
      async ({ input }) => ({ output: answer(context, input), response: {} }),
    FIRST,
  );
  clients.autoScaling(REGION).middlewareStack.add(
    (_, context) =>
      async ({ input }) => ({ output: answer(context, input), response: {} }),
    FIRST,
  );
  clients.cloudWatch(REGION).middlewareStack.add(
    (_, context) =>
      async ({ input }) => ({ output: answer(context, input), response: {} }),
    FIRST,
  );
  for (const region of bucketRegions) {
    clients.s3(region).middlewareStack.add(
      (_, context) =>
        async ({ input }) => ({ output: answer(context, input), response: {} }),
      FIRST,
    );
  }
  for (const client of clients.routingControls) {
    client.middlewareStack.add(
      (_, context) =>
        async ({ input }) => ({ output: answer(context, input), response: {} }),
      FIRST,
    );
  }
  return { clients, calls };
}

/** A graceful run in `us-east-1`. */
export function runWith(clients: Clients, changes: Partial<StepRun> = {}): StepRun {
  return {
    clients,
    failoverId: 'fo-1',
    region: REGION,
    mode: 'graceful',
    now: new Date('2026-11-22T09:30:00.000Z'),
    ...changes,
  };
}
