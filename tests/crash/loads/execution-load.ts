import {
  CreateStateMachineCommand,
  type DescribeExecutionOutput,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { JsonObject } from '../../../packages/signalbox/src/core/json.ts';
import type { CrashStage } from '../crash-stage.ts';
import { type ExecutionBooks, openExecutionBooks } from '../executions.ts';
import { type Load, type LoadOptions, numbers } from '../load.ts';
import { MACHINES } from '../machines.ts';
import { createMailbox } from '../mailbox.ts';

/** Starts executions that wait, branch, iterate and call: each ends with what it was to return. */
export function executionLoad({ stage, random, run }: LoadOptions): Load {
  const mailbox = createMailbox(stage, `${run}-results`);
  const books = new Map<string, ExecutionBooks>();
  const started: Started[] = [];
  const arnOf = (machine: string): string =>
    `arn:aws:states:us-east-1:123456789012:stateMachine:${run}-${machine}`;

  async function start(machine: string, name: string): Promise<void> {
    const execution = { machine, name, isAccepted: false };
    started.push(execution);
    const response = await stage.attempt((clients) => {
      const queueUrl = `${clients.url}/123456789012/${run}-results`;
      const input = JSON.stringify({ name, queueUrl, items: [`${name}/a`, `${name}/b`] });
      return clients.states.send(
        new StartExecutionCommand({ stateMachineArn: arnOf(machine), name, input }),
      );
    });
    execution.isAccepted = response !== undefined;
  }

  return {
    name: 'executions',
    async prepare() {
      const QueueName = `${run}-results`;
      await stage.insist(({ queues }) => queues.send(new CreateQueueCommand({ QueueName })));
      for (const [machine, { definition }] of Object.entries(MACHINES)) {
        await createMachine(stage, `${run}-${machine}`, definition, run);
        books.set(machine, await openExecutionBooks(stage, () => arnOf(machine)));
      }
    },
    steps: numbers(random.integer(4, 14)).map((index) => {
      const machine = random.pick(Object.keys(MACHINES));
      return () => start(machine, `${machine}-${index}`);
    }),
    async wrongs() {
      const messages = await mailbox.bodies();
      const wrongs = await Promise.all(
        [...books].map(async ([machine, ofMachine]) => {
          const found = await ofMachine.look();
          const own = started.filter((one) => one.machine === machine);
          return [
            ...(await ofMachine.wrongs()),
            ...own.flatMap((one) => wrongsOf(one, found, messages)),
          ];
        }),
      );
      return wrongs.flat();
    },
  };
}

interface Started {
  readonly name: string;
  readonly machine: string;
  isAccepted: boolean;
}

async function createMachine(
  stage: CrashStage,
  name: string,
  definition: JsonObject,
  run: string,
): Promise<void> {
  const roleArn = 'arn:aws:iam::123456789012:role/crash';
  const machine = {
    name,
    roleArn,
    definition: JSON.stringify(definition).replaceAll('{run}', run),
  };
  await stage.insist(({ states }) => states.send(new CreateStateMachineCommand(machine)));
}

function wrongsOf(
  { name, machine, isAccepted }: Started,
  found: readonly DescribeExecutionOutput[],
  messages: readonly string[],
): readonly string[] {
  const execution = found.find((one) => one.name === name);
  if (execution === undefined) {
    return isAccepted ? [`The execution ${name} was accepted, and is gone`] : [];
  }
  const { status, error, cause } = execution;
  if (status === 'RUNNING') return [];
  const wanted = MACHINES[machine]?.sends.map((end) => `${name}${end}`) ?? [];
  return [
    ...(status === 'SUCCEEDED' ? [] : [`The execution ${name} is ${status}: ${error}: ${cause}`]),
    ...wanted
      .filter((message) => !messages.includes(message))
      .map((message) => `The execution ${name} has not sent ${message}`),
  ];
}
