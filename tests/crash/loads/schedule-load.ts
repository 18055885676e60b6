import { CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { CreateStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Clients } from '../clients.ts';
import { type Load, type LoadOptions, numbers } from '../load.ts';
import { createMailbox, queueArn } from '../mailbox.ts';

const ROLE = 'arn:aws:iam::123456789012:role/crash';

/** Makes schedules that send one message each, two hours later. */
export function scheduleLoad({ stage, random, run }: LoadOptions): Load {
  const mailbox = createMailbox(stage, `${run}-planned`);
  const missing = new Set<string>();

  async function plan(name: string, seconds: number, isDeleted: boolean): Promise<void> {
    const response = await stage.attempt(async (clients) => {
      const at = new Date((await timeOf(clients, run)).getTime() + seconds * 1000);
      return clients.schedules.send(
        new CreateScheduleCommand({
          Name: name,
          ScheduleExpression: `at(${at.toISOString().slice(0, 19)})`,
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: isDeleted ? 'DELETE' : 'NONE',
          Target: { Arn: queueArn(`${run}-planned`), RoleArn: ROLE, Input: name },
        }),
      );
    });
    if (response !== undefined) missing.add(name);
  }

  return {
    name: 'schedules',
    async prepare() {
      const QueueName = `${run}-planned`;
      await stage.insist(({ queues }) => queues.send(new CreateQueueCommand({ QueueName })));
      const definition = JSON.stringify({
        StartAt: 'AnHour',
        States: { AnHour: { Type: 'Wait', Seconds: 3600, End: true } },
      });
      const machine = { name: `${run}-hour`, definition, roleArn: ROLE };
      await stage.insist(({ states }) => states.send(new CreateStateMachineCommand(machine)));
    },
    steps: numbers(random.integer(1, 4)).map((index) => {
      const seconds = random.integer(7000, 8000);
      const isDeleted = random.chance(0.5);
      return () => plan(`${run}-schedule-${index}`, seconds, isDeleted);
    }),
    // A clock that skips goes no faster for schedules alone.
    async attend() {
      if (missing.size === 0) return;
      const stateMachineArn = `arn:aws:states:us-east-1:123456789012:stateMachine:${run}-hour`;
      await stage.insist(({ states }) =>
        states.send(new StartExecutionCommand({ stateMachineArn })),
      );
    },
    async wrongs() {
      for (const name of await mailbox.bodies()) missing.delete(name);
      return [...missing].map((name) => `${name} was accepted, and called nothing`);
    },
  };
}

/** The time of the process, which may be ahead of the real one. */
async function timeOf({ parameters }: Clients, run: string): Promise<Date> {
  const Name = `/${run}/time`;
  const parameter = { Name, Value: 'now', Type: 'String', Overwrite: true } as const;
  await parameters.send(new PutParameterCommand(parameter));
  const { Parameter } = await parameters.send(new GetParameterCommand({ Name }));
  return Parameter?.LastModifiedDate ?? new Date();
}
