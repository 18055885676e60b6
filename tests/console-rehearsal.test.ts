import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect } from '@jest/globals';
import { violationsOf } from './console/browser.ts';
import { NARROW, story, useStories } from './console/stories.ts';

const stories = useStories();
const { open } = stories;

describe('the page of the rehearsal', () => {
  story('breaks a simulated resource and mends it, with the equal line', async () => {
    const page = await open('/rehearsal');
    const row = page.locator('tr', { hasText: 'costs-throttled' });
    await row.getByRole('button', { name: 'Break…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('npx signalbox resources break costs-throttled').waitFor();
    await dialog.getByRole('button', { name: 'Break', exact: true }).click();
    await row.getByText('Yes').waitFor();
    expect(stories.started.runtime.simulatedResources.faults()).toContainEqual(
      expect.objectContaining({ name: 'costs-throttled', on: [''] }),
    );

    await row.getByRole('button', { name: 'Mend…' }).click();
    await dialog.getByRole('button', { name: 'Mend', exact: true }).click();
    await row.getByText('No', { exact: true }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  story('moves the clock over a deadline: a request for approval expires', async () => {
    await stories.started.play('orders/high-value-unanswered');
    const page = await open('/rehearsal');
    await page.getByRole('button', { name: 'Move the clock…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move the clock' }).click();
    await page.getByText(/^Time skips to/).waitFor();

    await page.goto(`${stories.started.pages}/executions?where=name!:x`);
    await page.locator('tbody tr', { hasText: 'order-processing' }).getByText('Failed').waitFor();
  });

  story('fires a schedule, and replays an archive', async () => {
    const page = await open('/rehearsal');
    const schedules = page.getByRole('table', { name: 'Schedules' });
    await schedules.getByRole('button', { name: 'Fire…' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/npx signalbox schedule fire/).waitFor();
    await dialog.getByRole('button', { name: 'Fire', exact: true }).click();
    await page
      .getByText(/^(invoked|fired)/)
      .first()
      .waitFor();

    await page
      .getByRole('table', { name: 'Archives' })
      .getByRole('button', { name: 'Replay…' })
      .first()
      .click();
    await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByText(/^The replay .+ has begun$/).waitFor();
  });
});

describe('the viewers', () => {
  story('show a table, a bucket and secrets by their names alone', async () => {
    await stories.started.play('orders/happy-order');
    const page = await open('/tables');
    await page.locator('tbody a', { hasText: 'OrdersTable' }).first().click();
    await page.getByText('ord-happy-order').first().waitFor();
    expect(await violationsOf(page)).toEqual([]);

    await page.goto(`${stories.started.pages}/buckets?find0=reports`);
    await page.locator('tbody a', { hasText: 'reports' }).first().click();
    await page.getByRole('heading', { name: 'Objects' }).waitFor();

    await page.goto(`${stories.started.pages}/secrets`);
    await page.getByRole('table', { name: 'Secrets' }).locator('td').first().waitFor();
    const secret = stories.started.runtime.app().secrets[0]?.secretString ?? '';
    expect(secret).not.toBe('');
    expect(await page.content()).not.toContain(secret);
  });

  story('show an alarm with its history and the data behind it', async () => {
    const page = await open('/metrics');
    await page.getByLabel('Find by name').first().fill('ApprovalFunctionErrors');
    const row = page.locator('tr', { hasText: 'ApprovalFunctionErrorsAlarm' }).first();
    await row.getByRole('button', { name: /ApprovalFunctionErrorsAlarm/ }).click();

    await row.locator('.plain-list li').first().waitFor();
    await row.locator('figure').first().waitFor();
    expect(await page.getByRole('table', { name: 'Alarms' }).locator('tbody tr').count()).toBe(
      await page.locator('tbody tr', { hasText: 'ApprovalFunctionErrors' }).count(),
    );
    expect(await violationsOf(page)).toEqual([]);
  });

  story('show dead letters, and send them back', async () => {
    const sqs = new SQSClient(stories.started.stage.client);
    const create = async (QueueName: string, Attributes: Record<string, string> = {}) =>
      (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
    const letters = await create('story-letters');
    const arn = 'arn:aws:sqs:us-east-1:123456789012:story-letters';
    const policy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1 });
    await create('story-work', { RedrivePolicy: policy });
    const MessageBody = '<img src=x onerror="window.attacked=1">';
    await sqs.send(new SendMessageCommand({ QueueUrl: letters, MessageBody }));

    const page = await open('/queues');
    const row = page.locator('tr', { hasText: 'story-letters' }).first();
    await row.getByText('Dead letters').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await row.getByRole('link', { name: 'story-letters' }).click();
    await page.getByText('onerror').first().waitFor();
    expect(await page.evaluate('window.attacked')).toBeUndefined();

    await page.goto(`${stories.started.pages}/queues`);
    await page
      .locator('tr', { hasText: 'story-letters' })
      .getByRole('button', { name: 'Redrive…' })
      .click();
    await page.getByRole('dialog').getByText(`--source-arn ${arn}`).waitFor();
  });

  story.each(['/rehearsal', '/tables', '/queues', '/buckets', '/secrets'])(
    'fit a narrow screen at %s without a fault',
    async (path) => {
      const page = await open(path, NARROW);
      await page.locator('table').first().waitFor();
      expect(await violationsOf(page)).toEqual([]);
    },
  );
});
