import { userInfo } from 'node:os';
import type {
  AskedPage,
  ConsolePage,
  PageAction,
  PageButton,
  PageContent,
  PageRow,
  PageSection,
} from 'signalbox';
import { parse, safeParse } from 'valibot';
import {
  KeptWarningsSchema,
  WARNINGS_KEY,
} from '../../functions/failover/evaluate-plan/evaluate-plan.ts';
import { type LockItem, LockItemSchema } from '../../functions/failover/locks.ts';
import { askForFailover } from '../failover/ask-for-failover.ts';
import { outcomeCell, secondsCell } from './failover-cells.ts';
import { failoverDetail } from './failover-detail.ts';
import { readPlan } from './failover-plan.ts';
import { type FailoverRun, runsIn } from './failover-run.ts';
import { KOREAN } from './korean.ts';
import { stackRecords } from './stack-records.ts';
import { timeCell } from './time-cell.ts';

/** Failovers: what runs and ran, against the objectives; the locks; the plan and its warnings. */
export const failoversPage: ConsolePage = {
  title: 'Failovers',
  path: 'failovers',
  korean: KOREAN,
  read: (asked) => (asked.name === '' ? readAll(asked) : failoverDetail(asked)),
  actions: { ask: askAction() },
};

async function readAll({ stack, now }: AskedPage): Promise<PageContent> {
  const records = stackRecords(stack);
  const [items, locks, warnings, plan] = await Promise.all([
    records.items('FailoversTable'),
    records.items('FailoverLocksTable'),
    records.item('FailoversTable', WARNINGS_KEY),
    readPlan(stack),
  ]);
  const kept = safeParse(KeptWarningsSchema, warnings);
  return {
    buttons: askButtons(plan.scenarios),
    sections: [
      ...(kept.success && kept.output.names.length > 0
        ? [warningNote(kept.output.names, String(warnings?.['at']))]
        : []),
      {
        kind: 'table',
        title: 'Runs',
        columns: [
          'Failover',
          'Scenario',
          'Kind',
          'Outcome',
          'Detected',
          'Recovery time',
          'Recovery point',
        ],
        rows: runsIn(items).map(runRow),
        empty: 'No failover has run',
      },
      locksTable(
        locks.map((item) => parse(LockItemSchema, item)),
        now,
      ),
      ...plan.sections,
    ],
  };
}

function warningNote(names: readonly string[], at: string): PageSection {
  return {
    kind: 'note',
    level: 'warning',
    text: {
      text: 'The plan has {count} warnings, evaluated at {at}: {names}',
      values: { count: String(names.length), at, names: names.join('; ') },
    },
  };
}

function runRow(run: FailoverRun): PageRow {
  const { failoverId, claim, closed } = run;
  const objectives = claim?.objectives;
  return {
    cells: [
      { text: failoverId, path: `/failovers/${encodeURIComponent(failoverId)}` },
      claim?.scenario ?? closed?.scenario ?? '',
      claim === undefined ? '' : `${claim.kind}, ${claim.mode}`,
      outcomeCell(closed),
      timeCell(claim?.detectedAt ?? closed?.at),
      secondsCell(closed?.recoveryTimeSeconds, objectives?.recoveryTimeSeconds),
      secondsCell(closed?.recoveryPointSeconds, objectives?.recoveryPointSeconds),
    ],
  };
}

function locksTable(locks: readonly LockItem[], now: Date): PageSection {
  return {
    kind: 'table',
    title: 'Locks',
    columns: ['Target', 'Held by', 'Since', 'Lease until', 'Fencing number'],
    rows: locks.map((lock) => ({
      cells: [
        lock.target,
        holderCell(lock, now),
        lock.holder === undefined ? '' : timeCell(lock.acquiredAt),
        lock.holder === undefined ? '' : timeCell(lock.leaseExpiresAt),
        String(lock.fencing),
      ],
    })),
    empty: 'Nothing was ever locked',
  };
}

/** A run that died holds its lock until the lease is over: then anybody may take it. */
function holderCell({ holder, failoverId = '', leaseExpiresAt = '' }: LockItem, now: Date) {
  if (holder === undefined)
    return { text: 'Free', isWord: true as const, state: 'success' as const };
  const isOver = leaseExpiresAt < now.toISOString();
  return {
    text: isOver ? `${failoverId}, lease over` : failoverId,
    state: isOver ? ('stopped' as const) : ('in-progress' as const),
    path: `/failovers/${encodeURIComponent(failoverId)}`,
  };
}

/** Each kind has its own button, since its line for a terminal is another one. */
function askButtons(scenarios: readonly string[]): readonly PageButton[] {
  const kinds = [
    {
      kind: 'dry-run',
      label: 'Dry run',
      flag: ' --dry-run',
      question: 'It only reads, and tells what it would do.',
    },
    {
      kind: 'drill',
      label: 'Game day',
      flag: ' --drill',
      question: 'It does everything, and counts as a drill.',
    },
    {
      kind: 'real',
      label: 'Fail over',
      flag: '',
      question: 'It does everything; it waits for an approval where the plan wants one.',
    },
  ];
  return kinds.map(({ kind, label, flag, question }) => ({
    action: 'ask',
    label,
    question,
    values: { kind },
    fields: [
      { name: 'scenario', label: 'Scenario', kind: 'choice', options: scenarios },
      { name: 'mode', label: 'Mode', kind: 'choice', options: ['graceful', 'ungraceful'] },
      { name: 'reason', label: 'Reason', kind: 'text' },
    ],
    commands: [`npx signalbox failover {scenario} --mode {mode}${flag} --reason {reason}`],
  }));
}

function askAction(): PageAction {
  return async ({ stack, now, values }) => {
    const { scenario = '', kind = '', mode = '', reason = '' } = values;
    if (reason === '') return { isDone: false, text: 'Write why: it is recorded' };
    const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const requestId = `${scenario}-${time}`;
    const requestedBy = userInfo().username;
    await askForFailover(stack, {
      version: 1,
      scenario,
      mode,
      kind,
      reason,
      requestedBy,
      requestId,
    });
    return { isDone: true, text: { text: 'Asked for {requestId}', values: { requestId } } };
  };
}
