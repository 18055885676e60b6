import { describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
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
