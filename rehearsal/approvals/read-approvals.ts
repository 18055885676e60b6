import { type StackPlace, UserError } from 'signalbox';
import * as v from 'valibot';
import { type ApiRequest, callApi } from '../api/call-api.ts';

/** A request for a person's decision, of an order or of an operation. */
export interface ListedApproval {
  readonly approvalId: string;
  /** Which desk takes the answer. */
  readonly desk: 'orders' | 'operations';
  readonly subject: string;
  readonly state: string;
  readonly requestedAt: string;
  readonly answerBy: string;
  readonly approver?: string | undefined;
  readonly comment?: string | undefined;
}

/** The states that a list may have. */
export const APPROVAL_STATES = ['PENDING', 'APPROVED', 'DENIED', 'EXPIRED'] as const;

const PageSchema = v.object({
  approvals: v.array(
    v.object({
      approvalId: v.string(),
      subject: v.string(),
      state: v.string(),
      requestedAt: v.string(),
      answerBy: v.string(),
      approver: v.optional(v.string()),
      comment: v.optional(v.string()),
    }),
  ),
  nextToken: v.optional(v.string()),
});

const API = { orders: 'OrdersApi', operations: 'OperationsApi' } as const;
const DESKS = ['operations', 'orders'] as const;

/**
 * Lists the requests of one state at both desks, the most urgent first.
 * @throws {UserError} When an API refuses.
 */
export async function readApprovals(
  place: StackPlace,
  state: string,
): Promise<readonly ListedApproval[]> {
  const found = await Promise.all(DESKS.map((desk) => readDesk(place, desk, state)));
  return found.flat().sort((one, other) => one.answerBy.localeCompare(other.answerBy));
}

async function readDesk(
  place: StackPlace,
  desk: ListedApproval['desk'],
  state: string,
): Promise<readonly ListedApproval[]> {
  const approvals: ListedApproval[] = [];
  let nextToken: string | undefined;
  do {
    const query = { state, ...(nextToken === undefined ? {} : { nextToken }) };
    const request: ApiRequest = { api: API[desk], method: 'GET', path: '/approvals', query };
    const response = await callOrNothing(place, request);
    if (response === undefined) return [];
    const page = v.parse(PageSchema, response);
    approvals.push(...page.approvals.map((approval) => ({ ...approval, desk })));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return approvals;
}

/** A stack without orders has no API of theirs. */
async function callOrNothing(place: StackPlace, request: ApiRequest): Promise<unknown> {
  try {
    const { status, body } = await callApi(place, request);
    if (status === 200) return body;
    throw new UserError('invalid', `GET /approvals got ${status}: ${JSON.stringify(body)}`);
  } catch (error) {
    if (error instanceof UserError && error.code === 'not-found') return undefined;
    throw error;
  }
}
