import { userInfo } from 'node:os';
import {
  type AskedPage,
  type ConsolePage,
  isJsonObject,
  type PageAction,
  type PageButton,
  type PageContent,
  type PageRow,
  type PageSection,
  parseJson,
  UserError,
  valueAt,
  type WaitingStep,
} from 'signalbox';
import {
  APPROVAL_STATES,
  type ListedApproval,
  readApprovals,
} from '../approvals/read-approvals.ts';
import { sendDecision } from '../approvals/send-decision.ts';
import { KOREAN } from './korean.ts';
import { type Item, stackRecords } from './stack-records.ts';
import { timeCell } from './time-cell.ts';

/** What waits for a person's decision: orders, failovers and repairs, and the decisions. */
export const approvalsPage: ConsolePage = {
  title: 'Approvals',
  path: 'approvals',
  korean: KOREAN,
  read: (asked) => (asked.name === '' ? readList(asked) : readOne(asked)),
  actions: { approve: decision('approve'), deny: decision('deny') },
  buttonsAt(step) {
    const approvalId = approvalIdAt(step);
    return approvalId === undefined ? [] : buttonsFor(approvalId);
  },
};

async function readList({ stack, query }: AskedPage): Promise<PageContent> {
  const state = APPROVAL_STATES.find((one) => one === query['state']) ?? 'PENDING';
  const found = await readApprovals(stack, state);
  return {
    choices: [{ name: 'state', label: 'Status', options: APPROVAL_STATES }],
    sections: [
      {
        kind: 'table',
        title: 'Requests',
        columns: ['What', 'Status', 'Asked at', 'Answer by', 'Decided by', 'Comment'],
        rows: found.map(rowOf),
        empty: state === 'PENDING' ? 'Nothing waits for a decision' : 'None',
      },
    ],
  };
}

const STATES = {
  PENDING: 'pending',
  APPROVED: 'success',
  DENIED: 'error',
  EXPIRED: 'stopped',
} as const;

function rowOf(approval: ListedApproval): PageRow {
  const { approvalId, desk, subject, state, requestedAt, answerBy, approver, comment } = approval;
  return {
    cells: [
      { text: subject, path: `/approvals/${desk}/${encodeURIComponent(approvalId)}` },
      stateCell(state),
      timeCell(requestedAt),
      timeCell(answerBy),
      approver ?? '',
      comment ?? '',
    ],
    buttons: state === 'PENDING' ? buttonsFor(approvalId) : [],
  };
}

function stateCell(state: string) {
  const known = APPROVAL_STATES.find((one) => one === state);
  return { text: state, state: known === undefined ? ('info' as const) : STATES[known] };
}

function buttonsFor(approvalId: string): readonly PageButton[] {
  return (['approve', 'deny'] as const).map((action) => ({
    action,
    label: action === 'approve' ? 'Approve' : 'Deny',
    question: approvalId,
    values: { approvalId },
    fields: [{ name: 'comment', label: 'Comment', kind: 'text' }],
    commands: [`npx signalbox ${action} ${approvalId} --comment {comment}`],
  }));
}

const DESKS = {
  orders: { table: 'ApprovalsTable', key: 'orderId' },
  operations: { table: 'OperationApprovalsTable', key: 'approvalId' },
} as const;

/** What an approver has to know; the token is never read. */
const SHOWN = [
  ...['state', 'subject', 'detail', 'requestedAt', 'answerBy', 'approver', 'comment', 'decidedAt'],
  ...['executionArn', 'submittedBy', 'userId', 'currency', 'total'],
];

async function readOne({ stack, name }: AskedPage): Promise<PageContent> {
  const [desk, approvalId = ''] = name.split('/');
  if (desk !== 'orders' && desk !== 'operations') throw unknown(name);
  const { table, key } = DESKS[desk];
  const item = await stackRecords(stack).item(table, { [key]: approvalId }, SHOWN);
  if (item === undefined) throw unknown(name);
  return {
    title: approvalId,
    description: textIn(item, 'subject'),
    buttons: textIn(item, 'state') === 'PENDING' ? buttonsFor(approvalId) : [],
    sections: [factsOf(item), ...detailOf(item['detail'])],
  };
}

function unknown(name: string): UserError {
  return new UserError('not-found', `There is no request for approval "${name}"`);
}

function factsOf(item: Item): PageSection {
  const executionArn = textIn(item, 'executionArn');
  const texts = [
    ...[['Asked at', 'requestedAt'] as const, ['Answer by', 'answerBy'] as const],
    ...[['Asked by', 'submittedBy'] as const, ['User', 'userId'] as const],
    ...[['Decided by', 'approver'] as const, ['Comment', 'comment'] as const],
    ['Decided at', 'decidedAt'] as const,
  ];
  const total = item['total'] === undefined ? '' : `${item['total']} ${item['currency']}`;
  return {
    kind: 'facts',
    title: 'Request',
    facts: [
      { label: 'Status', value: stateCell(textIn(item, 'state')) },
      {
        label: 'Execution',
        value: {
          text: executionArn.split(':').at(-1) ?? '',
          path: `/executions/${executionArn}`,
        },
      },
      ...(total === '' ? [] : [{ label: 'Total (minor units)', value: total }]),
      ...texts
        .map(([label, name]) => ({ label, value: shown(name, textIn(item, name)) }))
        .filter(({ value }) => value !== ''),
    ],
  };
}

function shown(name: string, text: string): string {
  return /(At|By)$/.test(name) && /^\d{4}-/.test(text) ? timeCell(text) : text;
}

/** The detail of an operation, whose lines of a difference are read better as they are. */
function detailOf(detail: unknown): readonly PageSection[] {
  if (detail === undefined) return [];
  const read = parseJson(JSON.stringify(detail));
  const diff = isJsonObject(read) ? read['diff'] : undefined;
  return [
    ...(typeof diff === 'string' && diff !== ''
      ? [{ kind: 'text' as const, title: 'Difference', text: diff }]
      : []),
    { kind: 'json', title: 'Detail', text: JSON.stringify(detail) },
  ];
}

function textIn(item: Item, name: string): string {
  const value = item[name];
  return typeof value === 'string' ? value : '';
}

function decision(kind: 'approve' | 'deny'): PageAction {
  return async ({ stack, values }) => {
    const { approvalId = '', comment = '' } = values;
    // Counts only where the API has no authorizer to name the caller.
    const approver = userInfo().username;
    const sent = await sendDecision(stack, approvalId, { decision: kind, comment, approver });
    const done =
      kind === 'approve' ? 'Approved {approvalId}: {detail}' : 'Denied {approvalId}: {detail}';
    const said = { approvalId, detail: sent.detail };
    return sent.isTaken
      ? { isDone: true, text: { text: done, values: said } }
      : {
          isDone: false,
          text: {
            text: 'Too late for {approvalId}: {detail}',
            values: said,
          },
        };
  };
}

/** The id that a workflow gives its request: of an operation, or of an order. */
function approvalIdAt({ parameters }: WaitingStep): string | undefined {
  const given = parseJson(parameters) ?? null;
  const ofOperation = valueAt(given, 'Payload.approvalId');
  if (typeof ofOperation === 'string') return ofOperation;
  // The warehouse gets an order's id as well, and is no approver: it is told no time to answer in.
  const isAsked = typeof valueAt(given, 'Payload.timeoutSeconds') === 'number';
  const ofOrder = valueAt(given, 'Payload.orderId');
  return isAsked && typeof ofOrder === 'string' ? ofOrder : undefined;
}
