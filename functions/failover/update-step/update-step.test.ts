import { describe, expect, test } from '@jest/globals';
import { changeTransaction, judgeChange } from './update-step.ts';

const at = '2026-11-22T09:30:00.000Z';
const CLUSTER = 'arn:aws:rds:us-east-1:123456789012:cluster:web-global-east';
const times = { timeoutSeconds: 300, waitSeconds: 15 };
const waves = [
  {
    name: 'database',
    steps: [
      {
        stepId: '1-1',
        kind: 'aurora-global-cluster',
        globalCluster: 'web-global',
        targetCluster: CLUSTER,
        ...times,
      },
    ],
  },
  {
    name: 'application',
    steps: [
      {
        stepId: '2-1',
        kind: 'auto-scaling-group',
        group: 'web-tier',
        desiredCapacity: 6,
        ...times,
      },
      { stepId: '2-2', kind: 'lambda-function', function: 'warm-up', ...times },
    ],
  },
];
const failover = {
  ...{ failoverId: 'fo-1', scenario: 'region', mode: 'graceful', kind: 'real', origin: 'operator' },
  ...{ isAutomatic: false, reason: 'lost', requestedBy: 'ada', detectedAt: at, plan: 'web' },
  objectives: { recoveryTimeSeconds: 900, recoveryPointSeconds: 60 },
  cooldownMinutes: 60,
  approval: { isRequired: false, timeoutSeconds: 900 },
  verification: { alarms: [], timeoutSeconds: 600 },
  targets: ['plan:web'],
  waves,
};
const entry = (entryId: string, more: object = {}) => ({
  failoverId: 'fo-1',
  entryId,
  at,
  ...more,
});
const begun = (stepId: string) =>
  entry(`before#${stepId}`, { stepId, kind: 'any', before: {}, decision: {}, calls: [] });
const change = { at, stepId: '2-1', action: 'skip', by: 'arn:ada', reason: 'enough' } as const;
const TRAIL = [
  entry('claim', { executionArn: 'arn:run', failover }),
  entry('lock', { fencing: 7, targets: ['plan:web', 'aurora:web'] }),
];
const judge = (stepId: string, action: 'skip' | 'ungraceful', ...more: typeof TRAIL) =>
  judgeChange([...TRAIL, ...more], { stepId, action });
const messageOf = (verdict: object) => ('message' in verdict ? verdict.message : verdict);

describe('judgeChange()', () => {
  test('lets a step be skipped that is under way, or yet to come', () => {
    const allowed = { kind: 'allowed', executionArn: 'arn:run', fencing: 7, target: 'plan:web' };

    expect(judge('2-1', 'skip')).toMatchObject({ ...allowed, stepId: '2-1' });
    expect(judge('2-1', 'skip', begun('2-1'))).toMatchObject(allowed);
  });

  test('skips no database, and says why', () => {
    expect(messageOf(judge('1-1', 'skip'))).toBe(
      'Step 1-1: What comes after it needs a database that takes writes here. Stop the run, and ask anew without the wave (--skip), which whoever approves reads',
    );
  });

  test('lets a step be ungraceful where that makes a difference', () => {
    expect(judge('1-1', 'ungraceful')).toMatchObject({
      kind: 'allowed',
      effect: 'it fails over with data loss allowed, once no switchover is under way',
    });
    expect(messageOf(judge('2-1', 'ungraceful'))).toContain('An ungraceful run does the same');
  });

  test('finds the step that is under way, if it is one', () => {
    expect(judge('running', 'skip', begun('2-1'))).toMatchObject({ stepId: '2-1' });
    expect(messageOf(judge('running', 'skip'))).toBe('No step is under way now: name one');
    expect(messageOf(judge('running', 'skip', begun('2-1'), begun('2-2')))).toBe(
      'Several steps are under way: name one of 2-1 (auto-scaling-group), 2-2 (lambda-function)',
    );
    const second = judge('running', 'skip', begun('2-1'), begun('2-2'), entry('done#2-1'));
    expect(second).toMatchObject({ stepId: '2-2' });
  });

  test.each(['done', 'failed', 'skipped'])('changes nothing of a step that is %s', (word) => {
    expect(messageOf(judge('2-1', 'skip', entry(`${word}#2-1`)))).toBe(
      `Step 2-1: It is ${word} already`,
    );
  });

  test('answers the same word twice with the first', () => {
    expect(judge('2-1', 'skip', entry('operator#2-1#skip', change))).toEqual({
      kind: 'known',
      change,
    });
  });

  test('takes no word on a run that has ended, has no lock or does not exist', () => {
    expect(messageOf(judge('2-1', 'skip', entry('closing')))).toBe('The failover has ended');
    const unlocked = judgeChange(TRAIL.slice(0, 1), { stepId: '2-1', action: 'skip' });
    expect(messageOf(unlocked)).toContain('it has no lock');
    expect(judgeChange([], { stepId: '2-1', action: 'skip' })).toMatchObject({ kind: 'unknown' });
    expect(messageOf(judge('9-9', 'skip'))).toContain('it has 1-1 (aurora-global-cluster), 2-1');
  });

  test('has nothing to change of a run that is ungraceful as a whole', () => {
    const whole = entry('claim', {
      executionArn: 'arn:run',
      failover: { ...failover, mode: 'ungraceful' },
    });
    const verdict = judgeChange([whole, ...TRAIL.slice(1)], {
      stepId: '1-1',
      action: 'ungraceful',
    });

    expect(messageOf(verdict)).toBe('Step 1-1: It is ungraceful already');
  });
});

describe('changeTransaction()', () => {
  test('writes once, and only for a run that holds its lock and a step that is not over', () => {
    const tables = { failovers: 'Failovers', locks: 'Locks' };
    const hold = { target: 'plan:web', executionArn: 'arn:run', fencing: 7 };
    const { TransactItems: items = [] } = changeTransaction(tables, 'fo-1', change, hold);

    expect(items[0]?.Put).toMatchObject({
      Item: { failoverId: 'fo-1', entryId: 'operator#2-1#skip', by: 'arn:ada', reason: 'enough' },
      ConditionExpression: 'attribute_not_exists(entryId)',
    });
    expect(items.slice(1, 5).map((item) => item.ConditionCheck?.Key?.['entryId'])).toEqual([
      'closing',
      'done#2-1',
      'failed#2-1',
      'skipped#2-1',
    ]);
    expect(items[5]?.ConditionCheck).toMatchObject({
      Key: { target: 'plan:web' },
      ConditionExpression: 'holder = :holder AND fencing = :fencing',
      ExpressionAttributeValues: { ':holder': 'arn:run', ':fencing': 7 },
    });
  });
});
