import { type StackPlace, UserError } from 'signalbox';
import * as v from 'valibot';
import { type ApiRequest, type ApiResponse, callApi } from '../api/call-api.ts';

const AnswerSchema = v.object({
  message: v.optional(v.string()),
  state: v.optional(v.string()),
  approver: v.optional(v.string()),
  decidedAt: v.optional(v.string()),
});

/** What became of a decision: the request's first answer may have been another's. */
export interface SentDecision {
  readonly isTaken: boolean;
  readonly detail: string;
}

/**
 * Answers a request for approval, at the desk of operations or at that of orders.
 * @param approvalId A failover's or a repair's, or an order's id.
 * @throws {UserError} `not-found` when neither desk knows it; else when the API refuses.
 */
export async function sendDecision(
  place: StackPlace,
  approvalId: string,
  body: {
    readonly decision: 'approve' | 'deny';
    readonly comment: string;
    readonly approver: string;
  },
): Promise<SentDecision> {
  const id = encodeURIComponent(approvalId);
  const requests: readonly ApiRequest[] = [
    { api: 'OperationsApi', method: 'POST', path: `/approvals/${id}`, body },
    { api: 'OrdersApi', method: 'POST', path: `/orders/${id}/approval`, body },
  ];
  for (const request of requests) {
    const response = await callUnlessAbsent(place, request);
    if (response === undefined) continue;
    return read(response);
  }
  throw new UserError(
    'not-found',
    `Nothing waits for the approval "${approvalId}": see "signalbox approvals ls"`,
  );
}

async function callUnlessAbsent(
  place: StackPlace,
  request: ApiRequest,
): Promise<ApiResponse | undefined> {
  try {
    const response = await callApi(place, request);
    return response.status === 404 ? undefined : response;
  } catch (error) {
    if (error instanceof UserError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function read({ status, body }: ApiResponse): SentDecision {
  const { message = '', state, approver, decidedAt } = v.parse(AnswerSchema, body);
  if (status === 200) return { isTaken: true, detail: 'The workflow goes on with it' };
  if (status !== 409) throw new UserError('invalid', `The API got ${status}: ${message}`);
  const first = [state, approver && `by ${approver}`, decidedAt && `at ${decidedAt}`];
  return { isTaken: false, detail: `${message}: ${first.filter(Boolean).join(' ')}` };
}
