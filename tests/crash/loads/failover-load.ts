import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { postDecision } from '../../../rehearsal/approvals/post-decision.ts';
import { checkAgreement } from '../../failovers/oracle/check-agreement.ts';
import { checkEndings } from '../../failovers/oracle/check-endings.ts';
import { type ExecutionBooks, openExecutionBooks } from '../executions.ts';
import { type Load, type LoadOptions, numbers } from '../load.ts';
import { observe } from '../observe-failovers.ts';

/** Asks for failovers, which a person approves: each is closed and reported, and holds no lock. */
export function failoverLoad({ stage, random, run }: LoadOptions): Load {
  const accepted = new Set<string>();
  const books: ExecutionBooks[] = [];

  async function ask(requestId: string, wishes: object): Promise<void> {
    const detail = {
      version: 1,
      reason: 'A run of the crash test',
      requestedBy: 'somebody',
      requestId,
      ...wishes,
    };
    const response = await stage.attempt(({ events, physicalId }) =>
      events.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: physicalId('OperationsBus'),
              Source: 'signalbox.dr',
              DetailType: 'FailoverRequested',
              Detail: JSON.stringify(detail),
            },
          ],
        }),
      ),
    );
    if (response !== undefined) accepted.add(requestId);
  }

  async function look(): Promise<readonly DescribeExecutionOutput[]> {
    return (await Promise.all(books.map((ofMachine) => ofMachine.look()))).flat();
  }

  return {
    name: 'failovers',
    async prepare() {
      const id = 'DrFailoverStateMachine';
      books.push(await openExecutionBooks(stage, ({ physicalId }) => physicalId(id)));
    },
    steps: numbers(random.integer(0, 3)).map((index) => {
      const wishes = {
        scenario: random.pick(['database', 'application', 'region']),
        mode: random.pick(['graceful', 'ungraceful']),
        kind: random.pick(['real', 'drill', 'dry-run']),
      };
      return () => ask(`${run}-failover-${index}`, wishes);
    }),
    async attend() {
      const running = (await look()).filter(({ status }) => status === 'RUNNING');
      for (const requestId of accepted) {
        if (!running.some(({ input }) => input?.includes(requestId))) continue;
        await stage.insist((clients) => {
          const api = `${clients.url}/_aws/execute-api/${clients.physicalId('OperationsApi')}`;
          const decision = { decision: 'approve', comment: 'The test approves' } as const;
          return postDecision(clients, `${api}/approvals/${requestId}`, decision);
        });
      }
    },
    async wrongs() {
      const executions = await look();
      const observation = await observe(stage, executions);
      const ofExecutions = await Promise.all(books.map((ofMachine) => ofMachine.wrongs()));
      return [
        ...ofExecutions.flat(),
        ...checkEndings(observation),
        ...checkAgreement(observation),
        ...[...accepted]
          .filter((requestId) => !executions.some(({ input }) => input?.includes(requestId)))
          .map((requestId) => `${requestId} was accepted, and did not begin`),
      ];
    },
  };
}
