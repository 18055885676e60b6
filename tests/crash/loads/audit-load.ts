import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type ExecutionBooks, openExecutionBooks } from '../executions.ts';
import { type Load, type LoadOptions, numbers } from '../load.ts';

/** Asks for audits of all buckets, each of which ends with a report. */
export function auditLoad({ stage, random, run }: LoadOptions): Load {
  const accepted = new Set<string>();
  const books: ExecutionBooks[] = [];

  async function ask(reason: string): Promise<void> {
    const detail = { version: 1, requestedBy: 'ada', reason, region: 'us-east-1' };
    const response = await stage.attempt(({ events, physicalId }) =>
      events.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: physicalId('OperationsBus'),
              Source: 'signalbox.audit',
              DetailType: 'AuditRequested',
              Detail: JSON.stringify(detail),
            },
          ],
        }),
      ),
    );
    if (response !== undefined) accepted.add(reason);
  }

  return {
    name: 'audits',
    async prepare() {
      const id = 'S3LifecycleAuditStateMachine';
      books.push(await openExecutionBooks(stage, ({ physicalId }) => physicalId(id)));
    },
    steps: numbers(random.chance(0.4) ? 1 : 0).map((index) => () => ask(`${run} audit ${index}`)),
    async wrongs() {
      const wrongs = await Promise.all(
        books.map(async (ofMachine) => {
          const executions = await ofMachine.look();
          return [
            ...(await ofMachine.wrongs()),
            ...executions.flatMap(({ name, status, error, cause }) =>
              status === 'SUCCEEDED' || status === 'RUNNING'
                ? []
                : [`The audit ${name} is ${status}: ${error}: ${cause}`],
            ),
            ...[...accepted]
              .filter((reason) => !executions.some(({ input }) => input?.includes(reason)))
              .map((reason) => `The ${reason} was accepted, and did not begin`),
          ];
        }),
      );
      return wrongs.flat();
    },
  };
}
