import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineAliasCommand,
  DescribeExecutionCommand,
  PublishStateMachineVersionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ExportedExecution } from '../packages/signalbox/src/console/export/export-execution.ts';
import { accountConsole } from '../packages/signalbox/src/console/server/account-console.ts';
import { createSdkCall } from '../packages/signalbox/src/console/server/sdk-call.ts';
import { serveConsole } from '../packages/signalbox/src/console/server/serve-console.ts';
import { violationsOf } from './console/browser.ts';
import { NARROW, story, useStories } from './console/stories.ts';

const stories = useStories();
const { open } = stories;

/** Writes a text into an editor in place of what is in it. */
async function edit(page: Page, label: string, text: string): Promise<void> {
  await page.locator(`.cm-content[aria-label="${label}"]`).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

/** Starts an execution that waits for whoever has its token, and says its ARN. */
async function waiting(name: string, HeartbeatSeconds: number): Promise<string> {
  const sqs = new SQSClient(stories.started.stage.client);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const Ask = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { QueueUrl, MessageBody: { 'token.$': '$$.Task.Token' } },
    HeartbeatSeconds,
    End: true,
  };
  return stories.started.run(name, { StartAt: 'Ask', States: { Ask } });
}

/** Lets the rehearsal's time skip, over deadlines before which somebody may act too. */
async function skip(ms: number): Promise<void> {
  const { skippingClock } = stories.started.runtime;
  skippingClock?.skipTo(skippingClock.now().getTime() + ms);
  await stories.started.stage.settled();
}

describe('the console', () => {
  story('leads from a failed order to its step, log line and reason in three clicks', async () => {
    await stories.started.play('orders/declined-card');
    const page = await open('/');

    await page.locator('.plain-list a').first().click();
    await page.getByRole('button', { name: /Show step ChargePayment/ }).click();
    await page.getByRole('tab', { name: 'Logs' }).click();

    const panel = page.locator('.step-error');
    await panel.getByText('PaymentDeclinedError').first().waitFor();
    await page.locator('.log li.error, .log li.warning, .log li').first().waitFor();
    expect(await panel.textContent()).toMatch(/declined/i);
    expect(await page.locator('.log').textContent()).toMatch(/declined/i);
    expect(await page.locator('.graph .node.caught').count()).toBeGreaterThan(0);
    expect(await violationsOf(page)).toEqual([]);
  });

  story(
    'gives an answer to a task that waits, and the order goes on while it is watched',
    async () => {
      await stories.started.play('orders/high-value-approved');
      const page = await open('/executions?status=RUNNING');
      await page.locator('tbody a').first().click();
      await page.locator('.graph .node.waiting').click();

      await page.getByRole('button', { name: 'Answer…' }).click();
      await edit(page, 'Output', '{"decision":"approve"}');
      await page.getByRole('button', { name: 'Send', exact: true }).click();

      await page.locator('.graph .node.succeeded', { hasText: 'ChargePayment' }).waitFor();
    },
  );

  story('answers a task that waits with a failure, which the execution ends with', async () => {
    const page = await open(`/executions/${await waiting('story-failure', 3_600)}`);
    await page.locator('.graph .node.waiting').click();
    await page.getByRole('button', { name: 'Answer…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Failure' }).click();
    await dialog.getByLabel('Error').fill('Refused');
    await dialog.getByLabel('Cause').fill('The shop is closed');
    await dialog.getByText(/send-task-failure .* --error Refused --cause 'The shop/).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();

    await page.locator('.graph .node.failed', { hasText: 'Ask' }).waitFor();
    await page.getByText('Refused').first().waitFor();
    await page.getByText('The shop is closed').first().waitFor();
  });

  story('sends a heartbeat, from which a task that waits has its time anew', async () => {
    const arn = await waiting('story-heartbeat', 60);
    const page = await open(`/executions/${arn}`);
    await page.locator('.graph .node.waiting').click();
    await skip(40_000);

    await page.getByRole('button', { name: 'Answer…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Heartbeat' }).click();
    await dialog.getByText(/npx signalbox .*send-token heartbeat /).waitFor();
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });

    await skip(40_000);
    const command = new DescribeExecutionCommand({ executionArn: arn });
    expect(await stories.started.states.send(command)).toMatchObject({ status: 'RUNNING' });
    await skip(40_000);
    await page.locator('.graph .node.failed', { hasText: 'Ask' }).waitFor();
  });

  story('sends an edited input digit for digit, as it was typed', async () => {
    const pass = { StartAt: 'Keep', States: { Keep: { Type: 'Pass', End: true } } };
    const page = await open(`/executions/${await stories.started.run('story-digits', pass)}`);
    const again = async () => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: /Run again/ }).click();
      await page.locator('.cm-content[aria-label="Input"]').waitFor();
    };
    const start = async () => {
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByText('Run again from').waitFor();
    };
    const typed = '{ "id": 12345678901234567890, "total": 2.0 }';
    await again();
    await edit(page, 'Input', typed);
    await start();
    const executionArn = decodeURIComponent(page.url()).match(/arn:[^?#]+/)?.[0];
    const command = new DescribeExecutionCommand({ executionArn });
    expect((await stories.started.states.send(command)).input).toBe(typed);

    await again();
    const shown = await page.locator('.cm-content[aria-label="Input"]').textContent();
    expect(shown).toContain('"id": 12345678901234567890');
    expect(shown).toContain('"total": 2.0');
  });

  story('says of an event that nothing matched which field did not fit', async () => {
    const detail = JSON.stringify({ hello: 'world' });
    const EventBusName = stories.started.runtime.app().eventBuses[0]?.name;
    const entry = { EventBusName, Source: 'stranger', DetailType: 'NobodyKnows', Detail: detail };
    await new EventBridgeClient(stories.started.stage.client).send(
      new PutEventsCommand({ Entries: [entry] }),
    );
    const page = await open('/events?find=NobodyKnows');

    await page.getByText('NobodyKnows').first().click();

    const why = page.locator('.tried-rules .why').first();
    await why.waitFor();
    expect(await why.textContent()).toMatch(/^(source|detail-type): expected .+, found "/);
    // Beside the open panel the list still shows what came of each event.
    const list = await page.locator('.bus-events').boundingBox();
    const outcome = await page.getByRole('columnheader', { name: 'Outcome' }).boundingBox();
    const rightOf = (box: typeof list) => (box?.x ?? 0) + (box?.width ?? 0);
    expect(rightOf(outcome)).toBeGreaterThan(0);
    expect(rightOf(outcome)).toBeLessThanOrEqual(rightOf(list));
    expect(await violationsOf(page)).toEqual([]);
  });

  story('forks a failed execution at a state with another input, which succeeds', async () => {
    const arn = await stories.started.run(
      'story-fork',
      {
        StartAt: 'First',
        States: {
          First: { Type: 'Pass', Next: 'Check' },
          Check: {
            Type: 'Choice',
            Choices: [{ Variable: '$.ok', BooleanEquals: true, Next: 'Good' }],
            Default: 'Bad',
          },
          Good: { Type: 'Succeed' },
          Bad: { Type: 'Fail', Error: 'NotOk' },
        },
      },
      { ok: false },
    );
    const page = await open(`/executions/${arn}`);
    await page.locator('.graph .node', { hasText: 'Check' }).click();
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByText('$.ok is false').waitFor();

    await page.getByRole('tab', { name: 'Data flow' }).click();
    await page.getByRole('button', { name: 'Test with other values…' }).click();
    await edit(page, 'Input', '{"ok":true}');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('Goes on to Good').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /Fork from here/ }).click();
    await edit(page, 'Input', '{"ok":true}');
    await page.getByRole('button', { name: 'Fork', exact: true }).click();

    await page.getByText('Forked from').waitFor();
    await page.locator('.graph .node.succeeded', { hasText: 'Good' }).waitFor();
    expect(await page.locator('.graph .node', { hasText: 'First' }).count()).toBe(0);
    const fork = await page.getByRole('heading', { level: 1 }).textContent();
    await page.getByRole('link', { name: arn.split(':').at(-1) ?? '' }).click();
    await page.getByText('Forked to').waitFor();
    await page.getByRole('link', { name: fork ?? '' }).waitFor();
  });

  story('finds the iteration that failed among a thousand', async () => {
    const arn = await stories.started.run(
      'story-map',
      {
        StartAt: 'Each',
        States: {
          Each: {
            Type: 'Map',
            ItemProcessor: {
              StartAt: 'Check',
              States: {
                Check: {
                  Type: 'Choice',
                  Choices: [{ Variable: '$', NumericEquals: 997, Next: 'Bad' }],
                  Default: 'Good',
                },
                Good: { Type: 'Pass', End: true },
                Bad: { Type: 'Fail', Error: 'NotThisOne' },
              },
            },
            End: true,
          },
        },
      },
      [...Array(1_000).keys()],
    );
    const page = await open(`/executions/${arn}`);

    await page.locator('.graph .node.failed', { hasText: 'Bad' }).waitFor();
    await page.getByRole('button', { name: /Iteration of Each/ }).click();
    await page.getByText('Failed (1)').waitFor();

    await page.goto(`${stories.started.pages}/executions/${arn}?view=events&failed=1`);
    await page.getByText('MapIterationFailed').first().waitFor();
    expect(await page.locator('.events .rows-body .row').count()).toBeLessThan(60);
  });

  story('opens the child executions of a Map Run in place, those that failed first', async () => {
    const arn = await stories.started.run(
      'story-map-run',
      {
        StartAt: 'Each',
        States: {
          Each: {
            Type: 'Map',
            ToleratedFailurePercentage: 100,
            ItemProcessor: {
              ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
              StartAt: 'Check',
              States: {
                Check: {
                  Type: 'Choice',
                  Choices: [{ Variable: '$', NumericEquals: 2, Next: 'Bad' }],
                  Default: 'Good',
                },
                Good: { Type: 'Pass', End: true },
                Bad: { Type: 'Fail', Error: 'NotThisOne' },
              },
            },
            End: true,
          },
        },
      },
      [1, 2, 3],
    );
    const page = await open(`/executions/${arn}`);
    await page.locator('.graph .node.group').click({ position: { x: 40, y: 14 } });
    await page.getByRole('tab', { name: 'Map Run' }).click();

    const panel = page.locator('.graph-view').last();
    await panel.locator('.node.failed', { hasText: 'Bad' }).waitFor();
    await page.getByText('NotThisOne').first().waitFor();
    await page.getByRole('button', { name: /Child execution/ }).click();
    await page.getByText('Failed (1)').waitFor();
    await page.getByText('Succeeded (2)').waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  story('finds executions by what is in them, and shows those of Express machines', async () => {
    const pass = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } };
    await stories.started.run('story-search', pass, { needle: 'in-the-hay-1' });
    await stories.started.run('story-search', pass, { needle: 'in-the-hay-2' });
    const page = await open(`/executions?where=${encodeURIComponent('input:in-the-hay-2')}`);
    await page.getByText('1 found').first().waitFor();
    await page.locator('tbody tr', { hasText: 'story-search' }).waitFor();
    const arn = await stories.started.run('story-express', pass, { quick: true }, 'EXPRESS');
    const list = await open(`/executions?where=${encodeURIComponent('workflow=story-express')}`);
    await list.locator('tbody a').first().click();
    await list.locator('.graph .node.succeeded', { hasText: 'Pass' }).waitFor();
    expect(arn).toContain(':express:');
  });

  story('redrives an execution once the cause is mended', async () => {
    const arn = await stories.started.run('story-redrive', {
      StartAt: 'Find',
      States: {
        Find: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:sqs:getQueueUrl',
          Parameters: { QueueName: 'story-queue' },
          End: true,
        },
      },
    });
    const page = await open(`/executions/${arn}`);
    await page.getByRole('button', { name: /Show step Find/ }).waitFor();
    await new SQSClient(stories.started.stage.client).send(
      new CreateQueueCommand({ QueueName: 'story-queue' }),
    );

    await page.getByRole('button', { name: 'Redrive' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Redrive', exact: true }).click();

    await page.locator('.graph .node.succeeded', { hasText: 'Find' }).waitFor();
    expect(await page.locator('.graph .node', { hasText: 'Find' }).innerHTML()).toContain(
      '2 attempts',
    );
  });

  story('exports the chosen executions with their histories in one file', async () => {
    const pass = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } };
    const arns = [
      await stories.started.run('story-export', pass, { number: 1 }),
      await stories.started.run('story-export', pass, { number: 2 }),
    ];
    const page = await open(`/executions?where=${encodeURIComponent('workflow=story-export')}`);
    await page.locator('tbody tr').nth(1).waitFor();
    for (const at of [0, 1]) await page.locator('tbody').getByRole('checkbox').nth(at).check();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('.command-line').nth(2).waitFor();
    const lines = await dialog.locator('.command-line').allTextContents();
    expect(lines[0]).toMatch(/^npx signalbox export arn:\S+ arn:\S+ > executions\.json$/);
    expect(lines[1]).toContain(`aws --endpoint-url ${stories.started.runtime.url} `);
    expect(await violationsOf(page)).toEqual([]);

    const saving = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    const { executions } = JSON.parse(readFileSync(await (await saving).path(), 'utf8'));

    await page.getByText('2 executions are in executions.json').waitFor();
    const read = executions.map(({ execution, history }: ExportedExecution) => ({
      execution,
      types: history.events.map((event) => Reflect.get(event, 'type')),
    }));
    const types = ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'];
    expect(read).toEqual(
      [...arns].reverse().map((executionArn, at) => ({
        execution: expect.objectContaining({ executionArn, input: `{"number":${2 - at}}` }),
        types,
      })),
    );
  });

  story('is walked by keys: to a page, through its rows, into one, and back', async () => {
    const pass = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } };
    await stories.started.run('story-keys', pass, { number: 1 });
    const second = await stories.started.run('story-keys', pass, { number: 2 });
    const page = await open(`/executions?where=${encodeURIComponent('workflow=story-keys')}`);
    await page.locator('tbody tr').nth(1).waitFor();
    const list = page.url();
    for (const key of ['j', 'j', 'k', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('heading', { name: second.split(':').at(-1) ?? '' }).waitFor();
    await page.goBack();
    expect(page.url()).toBe(list);

    for (const key of ['g', 'v']) await page.keyboard.press(key);
    await page.getByRole('heading', { name: 'Events' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('gj');
    expect(new URL(page.url()).searchParams.get('find')).toBe('gj');
  });

  story('tells of a pattern that is tried which field of the event it does not take', async () => {
    const page = await open('/events');
    await page.getByRole('button', { name: 'Test a pattern…' }).click();
    await edit(page, 'Event', '{"source":"shop","detail":{"total":99}}');
    await edit(page, 'Pattern', '{"detail":{"total":[{"numeric":[">",100]}]}}');
    const why = page.getByRole('dialog').locator('.why');
    await why.waitFor();
    expect(await why.textContent()).toMatch(/^detail\.total: expected .+, found 99$/);
    await edit(page, 'Event', '{"source":"shop","detail":{"total":101}}');
    await page.getByText('The event matches').waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  story('compares a published version with what the workflow is today', async () => {
    const { states, run } = stories.started;
    const wait = (seconds: number) => ({
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: seconds, End: true } },
    });
    const arn = await run('story-versions', wait(1));
    const stateMachineArn = arn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
    const { stateMachineVersionArn } = await states.send(
      new PublishStateMachineVersionCommand({ stateMachineArn }),
    );
    await states.send(
      new CreateStateMachineAliasCommand({
        name: 'live',
        routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
      }),
    );
    const definition = JSON.stringify(wait(2));
    await states.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));

    const page = await open('/workflows/story-versions');
    await page.getByRole('row', { name: /live/ }).getByText('Compare with today').click();
    await page.getByRole('heading', { name: 'Wait', exact: true }).waitFor();
    expect(await page.locator('.changes').textContent()).toContain('$.Seconds12');
    expect(await violationsOf(page)).toEqual([]);
  });

  story('starts workflows and functions with the samples of the project', async () => {
    const { stateMachines } = stories.started.runtime.app();
    const named = (name: string | undefined, end: string) => name?.endsWith(end) === true;
    const machine = stateMachines.find(({ name }) => named(name, 'order-processing'))?.name;
    const page = await open(`/workflows/${machine}`);
    await page.getByRole('button', { name: 'New execution' }).click();
    await page.getByText('From events/orders/order-placed.json').waitFor();
    expect(await page.locator('.cm-content[aria-label="Input"]').textContent()).toContain(
      'ord-9d1f20',
    );

    const { Functions = [] } = await new LambdaClient(stories.started.stage.client).send(
      new ListFunctionsCommand({}),
    );
    const name = Functions.map(({ FunctionName }) => FunctionName).find((one) =>
      named(one, 'ChargePaymentFunction'),
    );
    await page.goto(`${stories.started.pages}/functions?name=${name}`);
    await page.getByRole('button', { name: 'Invoke…' }).click();
    await page.getByText('From events/invoke/orders/charge-payment.json').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Invoke', exact: true }).click();
    await page
      .getByRole('dialog')
      .getByText(/^(Returned|Failed)/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(/^\d+ invocations, p50/).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  story('shows an endpoint that speaks AWS alone, to whoever has the key of its link', async () => {
    const { client } = stories.started.stage;
    const served = await serveConsole(
      accountConsole({
        ...{ call: createSdkCall(client), region: 'us-east-1', title: 'an account' },
        root: process.cwd(),
        stack: { client, endpoint: stories.started.runtime.url, stack: undefined },
        onBug: (bug) => void stories.faults.push(String(bug)),
      }),
      0,
    );
    try {
      const withoutKey = await fetch(served.url.split('?')[0] ?? '');
      expect(withoutKey.status).toBe(403);
      const page = await stories.openUrl(served.url);
      await page.getByRole('link', { name: 'Executions' }).click();
      await page.locator('tbody a').first().click();
      await page.locator('.graph .node.succeeded, .graph .node.caught').first().waitFor();
      await page.getByRole('link', { name: 'Events' }).click();
      await page.getByText('AWS keeps no log of events').waitFor();
    } finally {
      await stories.close();
      await served.close();
    }
  });

  story('shows markup of a payload as text, in every field', async () => {
    const markup = '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>';
    const arn = await stories.started.run(
      'story-markup',
      {
        Comment: markup,
        StartAt: markup.slice(0, 60),
        States: {
          [markup.slice(0, 60)]: { Type: 'Pass', Comment: markup, Next: 'Bad' },
          Bad: {
            Type: 'Fail',
            Error: markup,
            Cause: JSON.stringify({ errorMessage: markup, trace: [markup] }),
          },
        },
      },
      { [markup]: markup },
    );
    for (const query of [
      '',
      '?view=table',
      '?view=events&event=2',
      '?about=input-output',
      '?step=2&tab=flow',
    ]) {
      const page = await open(`/executions/${arn}${query}`);
      await page.getByText('window.attacked=1').first().waitFor();
      expect(await page.evaluate('window.attacked')).toBeUndefined();
    }
  });

  story('speaks the language that a link names, or that the browser asks for', async () => {
    const page = await open('/executions?lang=ko');
    await page.getByRole('heading', { name: '실행' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    await page.getByRole('link', { name: '승인' }).click();
    await page
      .getByText('결정을 기다리는 요청이 없습니다')
      .or(page.getByText('응답 기한'))
      .first()
      .waitFor();
    expect(await violationsOf(page)).toEqual([]);

    const korean = await open('/workflows', { locale: 'ko-KR' });
    await korean.getByRole('heading', { name: '워크플로' }).waitFor();
  });

  story(
    'has no serious fault of accessibility in any view of an execution or a workflow',
    async () => {
      await stories.started.play('orders/happy-order');
      const { stateMachines } = stories.started.runtime.app();
      const machine = stateMachines.find(({ name }) => name?.endsWith('order-processing'))?.name;
      const page = await open(`/executions?where=${encodeURIComponent(`workflow=${machine}`)}`);
      await page.locator('tbody a').first().click();
      await page.locator('.graph .node').first().waitFor();
      const execution = page.url();
      const arn = decodeURIComponent(execution.split('/executions/')[1] ?? '');
      const machineArn = arn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
      for (const url of [
        `${execution}?view=table`,
        `${execution}?view=events&event=2`,
        `${execution}?view=logs`,
        `${execution}?about=input-output`,
        `${stories.started.pages}/compare?a=${arn}&b=${arn}`,
        `${stories.started.pages}/workflows/${machine}`,
        `${stories.started.pages}/definitions?a=${arn}&b=${machineArn}`,
      ]) {
        await page.goto(url);
        await page.locator('h1').first().waitFor();
        await page.waitForLoadState('networkidle').catch(() => undefined);
        expect({ url, found: await violationsOf(page) }).toEqual({ url, found: [] });
      }
    },
  );

  story.each(['/', '/executions', '/workflows', '/events', '/functions', '/metrics'])(
    'has no serious fault of accessibility at %s, wide or narrow',
    async (path) => {
      for (const size of [{}, NARROW]) {
        const page = await open(path, size);
        await page.locator('h1').first().waitFor();
        await page.waitForLoadState('networkidle').catch(() => undefined);
        expect(await violationsOf(page)).toEqual([]);
      }
    },
  );
});

describe('the API of the console', () => {
  async function post(headers: Readonly<Record<string, string>>): Promise<number> {
    const url = new URL(`${stories.started.pages}/api/place`);
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.once('error', reject);
      sent.end('{}');
    });
  }

  test('wants the token that its page brought, from its own origin and host', async () => {
    const page = await fetch(`${stories.started.pages}/`);
    const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';');
    const { host, origin } = new URL(stories.started.pages);

    expect(page.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/,
    );
    expect(await post({ cookie, origin })).toBe(200);
    expect(await post({ origin })).toBe(403);
    expect(await post({ cookie: 'signalbox-console-1=x' })).toBe(403);
    expect(await post({ cookie, origin: 'https://elsewhere.example' })).toBe(403);
    expect(await post({ cookie, host: `elsewhere.example:${host.split(':')[1]}` })).toBe(403);
    expect(await post({ cookie, 'content-type': 'text/plain' })).toBe(415);
  });
});
