import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { accountConsole } from '../packages/signalbox/src/console/server/account-console.ts';
import { createSdkCall } from '../packages/signalbox/src/console/server/sdk-call.ts';
import {
  type ServedConsole,
  serveConsole,
} from '../packages/signalbox/src/console/server/serve-console.ts';
import { operationsPages } from '../rehearsal/pages/operations-pages.ts';
import { type AwsOnlyEndpoint, openAwsOnlyEndpoint } from './console/aws-only-endpoint.ts';
import { violationsOf } from './console/browser.ts';
import { NARROW, story, useStories } from './console/stories.ts';

const stories = useStories();
const { open } = stories;

/** Presses a button, writes a comment into its dialog, and sends it. */
async function decide(page: Page, label: string, comment: string): Promise<void> {
  await page
    .getByRole('button', { name: `${label}…` })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Comment' }).fill(comment);
  expect(await dialog.locator('.command-line').textContent()).toContain(`'${comment}'`);
  await dialog.getByRole('button', { name: label, exact: true }).click();
}

describe('the pages of operations', () => {
  story('approve an order, which goes on while the list is watched', async () => {
    await stories.started.play('orders/high-value-approved');
    const page = await open('/approvals');
    await page.getByText('Order of').first().waitFor();

    await decide(page, 'Approve', 'It is a good customer');

    await page.getByText(/^Approved .+: The workflow goes on with it$/).waitFor();
    await page.getByText('Nothing waits for a decision').waitFor();
    await page.goto(`${stories.started.pages}/approvals?state=APPROVED`);
    await page.getByText('It is a good customer').waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  story('offer the decision where an execution waits for it', async () => {
    await stories.started.play('orders/high-value-denied');
    const page = await open('/executions?status=RUNNING');
    await page.locator('tbody a').first().click();
    await page.locator('.graph .node.waiting').click();

    await decide(page, 'Deny', 'Too dear');

    await page.getByText(/^Denied/).waitFor();
    await page.locator('.graph .node.caught', { hasText: 'RequestApproval' }).waitFor();
  });

  story('show a failover from its request to its report, against the objective', async () => {
    await stories.started.play('failover/failover-database');
    const page = await open('/failovers');
    await page.locator('tr', { hasText: 'database' }).locator('a').first().click();
    await page.getByText('Recovery time objective').first().waitFor();

    await page.goto(`${stories.started.pages}/approvals`);
    await decide(page, 'Approve', 'The writer hangs');
    await page.getByText(/^Approved/).waitFor();
    await stories.started.stage.settled();
    await page.goto(`${stories.started.pages}/failovers`);
    await page.locator('tbody').getByText('completed').first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.locator('tr', { hasText: 'database' }).locator('a').first().click();

    await page.locator('.span-bar.success').first().waitFor();
    await page.getByText('rds:FailoverDBCluster').first().waitFor();
    await page.locator('.span-label', { hasText: 'Switched' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  story('follow a game day live, from its button to its end', async () => {
    const page = await open('/failovers');
    await page.evaluate('window.isTheSame = true');
    const { skippingClock } = stories.started.runtime;
    // Its waits take their time until it has been seen waiting.
    const release = skippingClock?.hold();
    await page.getByRole('button', { name: 'Game day…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The writer goes');
    await dialog.getByRole('button', { name: 'Game day', exact: true }).click();
    await page.getByText(/^Asked for/).waitFor();
    await page.locator('tr', { hasText: 'drill, graceful' }).locator('a').first().click();
    await page.locator('.span-label').first().waitFor();
    await page.locator('a[href*="/executions/"]').first().click();
    await page.locator('.graph .node.waiting').first().waitFor();
    expect(
      await page.locator('.graph .node.succeeded', { hasText: 'FailoverCompleted' }).count(),
    ).toBe(0);

    release?.();

    await page.locator('.graph .node.succeeded', { hasText: 'FailoverCompleted' }).waitFor();
    await page.goBack();
    await page.getByText('completed', { exact: true }).first().waitFor();
    await page.locator('.span-label', { hasText: 'Switched' }).waitFor();
    expect(await page.locator('.span-bar.in-progress').count()).toBe(0);
    expect(await page.evaluate('window.isTheSame')).toBe(true);
  });

  story('ask for a dry run of a failover, and say where the reason is missing', async () => {
    const page = await open('/failovers');
    await page.getByRole('button', { name: 'Dry run…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Dry run', exact: true }).click();
    await dialog.getByText('Write why: it is recorded').waitFor();

    await dialog.getByRole('textbox', { name: 'Reason' }).fill('To see the calls');
    await dialog.getByRole('button', { name: 'Dry run', exact: true }).click();

    await page.getByText(/^Asked for/).waitFor();
    await page.locator('tbody').getByText('dry-run').first().waitFor();
  });

  story('show an audit by verdict, and the proposal for a bucket as a difference', async () => {
    await stories.started.play('lifecycle/audit-estate');
    const page = await open('/audits');
    await page.locator('tr', { hasText: 'all buckets' }).locator('a').first().click();
    await page.getByText('Newly not compliant').waitFor();
    await page.getByRole('link', { name: 'est-no-configuration', exact: true }).click();

    await page.getByText('NO_LIFECYCLE_CONFIGURATION').waitFor();
    await page.getByRole('heading', { name: 'Proposal' }).waitFor();
    await page.locator('.changes').first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  story('show what moved the costs of a month', async () => {
    await stories.started.play('costs/cost-review');
    const page = await open('/costs');
    await page
      .getByRole('heading', { name: /^Movers/ })
      .first()
      .waitFor();

    expect(await page.locator('.share-bar').count()).toBeGreaterThan(2);
    expect(await violationsOf(page)).toEqual([]);
  });

  story.each(['/approvals', '/failovers', '/audits', '/costs'])(
    'fit a narrow screen at %s without a fault',
    async (path) => {
      const page = await open(path, NARROW);
      await page.locator('h1').first().waitFor();
      await page.locator('table').first().waitFor();
      expect(await violationsOf(page)).toEqual([]);
    },
  );
});

describe('the pages of operations in an account', () => {
  let endpoint: AwsOnlyEndpoint;
  let served: ServedConsole;

  beforeAll(async () => {
    const { client } = stories.started.stage;
    endpoint = await openAwsOnlyEndpoint(stories.started.runtime.url);
    const place = { ...client, endpoint: endpoint.url };
    served = await serveConsole(
      accountConsole({
        ...{ call: createSdkCall(place), region: 'us-east-1', title: 'an account' },
        root: process.cwd(),
        pages: async () => operationsPages,
        stack: { client: place, endpoint: endpoint.url, stack: undefined },
        onBug: (bug) => void stories.faults.push(String(bug)),
      }),
      0,
    );
  });
  afterAll(async () => {
    await served?.close();
    await endpoint?.close();
  });

  /** Opens a page by the navigation, as the link with the key lets in. */
  async function openBy(name: string): Promise<Page> {
    const page = await stories.openUrl(served.url);
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name, exact: true, level: 1 }).waitFor();
    return page;
  }

  story('are all there; what only a rehearsal has is absent, and nobody asks for it', async () => {
    const page = await stories.openUrl(served.url);
    const links = page.locator('nav').getByRole('link');
    await page.getByRole('link', { name: 'Costs', exact: true }).waitFor();
    expect(await links.allTextContents()).toEqual([
      ...['Home', 'Executions', 'Workflows', 'Events', 'Functions', 'Metrics and alarms'],
      ...['Tables', 'Queues', 'Buckets', 'Secrets'],
      ...['Approvals', 'Failovers', 'Audits', 'Costs'],
    ]);
    const shown: Readonly<Record<string, string>> = {
      Home: 'svg.map',
      Events: 'text=AWS keeps no log of events',
      'Metrics and alarms': 'text=/FunctionErrorsAlarm$/',
      Failovers: 'text=Game day…',
    };
    for (const name of await links.allTextContents()) {
      await page.getByRole('link', { name, exact: true }).first().click();
      await page
        .locator(shown[name] ?? 'main tbody tr')
        .first()
        .waitFor();
      expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    }
    expect(endpoint.refused).toEqual([]);
  });

  story('approve an order over its API, and the execution shows what AWS knows of it', async () => {
    await stories.started.play('orders/high-value-unanswered');
    const page = await openBy('Approvals');
    await decide(page, 'Approve', 'Known for years');
    await page.getByText(/^Approved .+: The workflow goes on with it$/).waitFor();
    await stories.started.stage.settled();

    await page.getByRole('link', { name: 'Executions', exact: true }).click();
    await page.locator('tbody tr', { hasText: 'order-processing' }).locator('a').first().click();
    await page.locator('.graph .node', { hasText: 'ValidateOrder' }).click();
    await page.getByRole('tab', { name: 'Logs' }).click();
    await page.locator('.log li').first().waitFor();
    // Which calls a function made no API of AWS tells.
    expect(await page.getByRole('heading', { name: 'AWS calls' }).count()).toBe(0);
    expect(endpoint.refused).toEqual([]);
  });

  story('ask for a dry run, and show its end with its execution', async () => {
    const page = await openBy('Failovers');
    await page.getByRole('button', { name: 'Dry run…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('An account is asked');
    await dialog.getByRole('button', { name: 'Dry run', exact: true }).click();
    await page.getByText(/^Asked for/).waitFor();
    await stories.started.stage.settled();

    await page.locator('tr', { hasText: 'dry-run' }).locator('a').first().click();
    await page.locator('a[href*="/executions/arn:"]').first().click();
    await page.locator('.graph .node.succeeded', { hasText: 'DryRunReported' }).waitFor();
    expect(endpoint.refused).toEqual([]);
  });
});
