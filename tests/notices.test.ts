import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseTargetInput, targetBody } from '../packages/signalbox/src/bus/target-input.ts';
import { matchPattern } from '../packages/signalbox/src/event-patterns/match-pattern.ts';
import { parsePattern } from '../packages/signalbox/src/event-patterns/parse-pattern.ts';
import { readApp } from '../packages/signalbox/src/runtime/read-app.ts';

const read = readApp('.', 'http://127.0.0.1:4700');
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const { rules, topics } = read.value;

/** The messages that rules with a topic as target make of a sample event, by the topic's logical id. */
function noticesOf(file: string): Readonly<Record<string, string>> {
  const event = JSON.parse(readFileSync(file, 'utf8'));
  const notices = rules.flatMap((rule) => {
    const pattern = parsePattern(rule.eventPattern ?? null);
    if (!pattern.ok || !matchPattern(pattern.value, event)) return [];
    return rule.targets.flatMap((target) => {
      const topic = topics.find(({ arn }) => arn === target.arn);
      if (topic === undefined) return [];
      const input = parseTargetInput(target);
      if (!input.ok) throw new RangeError(JSON.stringify(input.problems));
      const context = { ruleArn: rule.arn, ruleName: rule.name, ingestionTime: event.time };
      return [[topic.logicalId, targetBody(input.value, event, context)] as const];
    });
  });
  return Object.fromEntries(notices);
}

describe('an announcement becomes a notice:', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    [
      'failover/failover-awaiting-approval',
      {
        OperationsNoticesTopic:
          '"Failover drill-2026-11-22 of database (real, graceful) awaits approval for 900 seconds; unanswered means denied. Asked for by arn:aws:iam::123456789012:user/ada: The writer answers no more. Answer with npx signalbox approve drill-2026-11-22 (or deny), or POST /approvals/drill-2026-11-22 of the operations\' API and the body {\\"decision\\": \\"approve\\"} or {\\"decision\\": \\"deny\\"}: see docs/runbooks/failovers.md"',
      },
    ],
    [
      'failover/failover-started',
      {
        OperationsNoticesTopic:
          '"Failover drill-2026-11-22 of database (drill, graceful) started. Asked for by arn:aws:iam::123456789012:user/ada: Game day of November"',
      },
    ],
    [
      'failover/failover-switched',
      {
        OperationsNoticesTopic:
          '"Failover drill-2026-11-22 of database (drill, graceful) switched everything at 2026-11-22T09:30:40.000Z. The application is not verified yet."',
      },
    ],
    [
      'failover/failover-step-slow',
      {
        OperationsNoticesTopic:
          '"Step 1-1 (aurora-cluster) of failover drill-2026-11-22 of database has run since 2026-11-22T09:30:02.000Z, more than half of its 900 seconds: The writer is web-data-1, and status failing-over. It goes on by itself, and fails when they are over. To go on without it: npx signalbox failover skip drill-2026-11-22 1-1 --reason \\"...\\"; to do it ungracefully: npx signalbox failover ungraceful drill-2026-11-22 1-1 --reason \\"...\\"; see docs/runbooks/failovers.md#a-step-that-takes-too-long"',
      },
    ],
    [
      'orders/approval-requested',
      {
        OperationsNoticesTopic: expect.stringMatching(
          /^"Order ord-9d1f20 of user usr-ada over 150000 EUR \(minor units\) waits for approval until 2026-11-23T09:30:01\.000Z; unanswered means denied\. Answer with npx signalbox approve ord-9d1f20 \(or deny\), or POST https:\/\/\S+\/orders\/ord-9d1f20\/approval and the body \{\\"decision\\": \\"approve\\"\}/,
        ),
      },
    ],
    [
      'orders/order-confirmed',
      {
        OrderNoticesTopic:
          '{"orderId": "ord-9d1f20", "status": "CONFIRMED", "trackingId": "SB0A1B2C3D4E5F"}',
      },
    ],
    [
      'orders/approval-reminded',
      {
        OperationsNoticesTopic:
          '"Reminder: order ord-9d1f20 has waited for approval since 2026-11-22T09:30:01.000Z, and is denied at 2026-11-23T09:30:01.000Z. Answer with npx signalbox approve ord-9d1f20 (or deny): see docs/runbooks/orders.md"',
      },
    ],
    [
      'orders/carrier-requested',
      {
        OperationsNoticesTopic: expect.stringMatching(
          /^"The freight of order ord-9d1f20 has waited for its carrier since 2026-11-22T09:30:01\.000Z, for at most 7200 seconds; .*\/orders\/ord-9d1f20\/shipment and the body/,
        ),
      },
    ],
    [
      'approvals/operation-approval-requested',
      {
        OperationsNoticesTopic:
          '"Repair the lifecycle of the bucket my-data waits for approval until 2026-11-22T10:00:01.000Z; unanswered means no. Asked for by tag: The bucket is not compliant. Answer with npx signalbox approve lifecycle-0d0b4a66-1 (or deny), or POST /approvals/lifecycle-0d0b4a66-1 of the operations\' API and the body {\\"decision\\": \\"approve\\"} or {\\"decision\\": \\"deny\\"}: see docs/runbooks/audits.md"',
      },
    ],
    [
      'approvals/operation-approval-reminded',
      {
        OperationsNoticesTopic:
          '"Reminder: Repair the lifecycle of the bucket my-data has waited for approval since 2026-11-22T09:30:01.000Z, and is denied at 2026-11-22T10:00:01.000Z. Answer with npx signalbox approve lifecycle-0d0b4a66-1 (or deny): see docs/runbooks/failovers.md"',
      },
    ],
    [
      'operations/operation-started-again',
      {
        OperationsNoticesTopic:
          '"The execution monthly-2026-11-06 of signalbox-prod-cost-review ended ABORTED at 2026-11-22T09:40:00.000Z, without a word of its own. Its work is begun once more, as again-monthly-2026-11-06. If it was stopped on purpose, stop that one too: npx signalbox stop again-monthly-2026-11-06. It gets no third attempt: see docs/runbooks/audits.md and docs/runbooks/cost-review.md"',
      },
    ],
    ['failover/failover-completed', {}],
    ['failover/failover-failed', {}],
    ['costs/cost-review-completed', {}],
    ['lifecycle/audit-completed', {}],
    ['orders/order-failed', {}],
  ])('%s', (sample, notices) => {
    expect(noticesOf(`events/${sample}.json`)).toEqual(notices);
  });
});
