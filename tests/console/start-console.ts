import { readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { BrowserContext, Page } from 'playwright-core';
import { type StartedRehearsal, startRehearsal } from '../rehearsals/start-rehearsal.ts';

/** A rehearsal of this project with its console. */
export interface StartedConsole extends StartedRehearsal {
  /** The URL of its pages, without a slash at the end. */
  readonly pages: string;
  readonly states: SFNClient;
  /** Puts the events of a scenario, such as `orders/declined-card`, and waits until nothing is under way. */
  play(entries: string): Promise<void>;
  /** Makes a state machine, runs it with an input, and returns the ARN of the execution. */
  run(
    name: string,
    definition: object,
    input?: object,
    type?: 'STANDARD' | 'EXPRESS',
  ): Promise<string>;
}

/** Starts the rehearsal that the stories are told in. */
export async function startConsole(): Promise<StartedConsole> {
  const rehearsal = await startRehearsal();
  const { stage, runtime } = rehearsal;
  const states = new SFNClient(stage.client);
  return {
    ...rehearsal,
    states,
    pages: `${runtime.url}/_signalbox/console`,
    async play(entries) {
      const text = readFileSync(`scenarios/${entries.replace('/', '/entries/')}.json`, 'utf8');
      const command = new PutEventsCommand({ Entries: JSON.parse(text) });
      await new EventBridgeClient(stage.client).send(command);
      await stage.settled();
    },
    async run(name, definition, input = {}, type = 'STANDARD') {
      const { stateMachineArn } = await states.send(
        new CreateStateMachineCommand({
          name,
          type,
          definition: JSON.stringify(definition),
          roleArn: 'arn:aws:iam::123456789012:role/story',
        }),
      );
      const started = await states.send(
        new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
      );
      await stage.settled();
      return started.executionArn ?? '';
    },
  };
}

/** A page that notes what goes wrong in it. */
export async function openPage(context: BrowserContext, faults: string[]): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('response', (response) => {
    if (response.status() < 400) return;
    void response.text().then((text) => faults.push(`${response.url()}: ${text}`));
  });
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  return page;
}
