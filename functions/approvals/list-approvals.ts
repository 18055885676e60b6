import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { array, parse } from 'valibot';
import { documents } from '../shared/dynamodb.ts';
import type { HttpRequest } from '../shared/http-request.ts';
import { badRequest, jsonResponse } from '../shared/http-response.ts';
import {
  approvalsQuery,
  type IndexedApproval,
  IndexedApprovalSchema,
  listToken,
  readListRequest,
} from './approval-index.ts';

/** The table whose requests are listed, and its own part of each. */
export interface ApprovalList {
  readonly tableName: string;
  readonly keyName: string;
  /** The id to answer, and what is asked in one sentence. */
  readonly about: (approval: IndexedApproval) => {
    readonly approvalId: string;
    readonly subject: string;
  };
}

/** Answers `GET /approvals?state=…`: requests of that state, the most urgent first, never a token. */
export async function listApprovals(
  { tableName, keyName, about }: ApprovalList,
  request: HttpRequest,
): Promise<APIGatewayProxyStructuredResultV2> {
  const asked = readListRequest(request, keyName);
  if (!asked.ok) return badRequest(asked.problems);
  const query = approvalsQuery(tableName, asked.value, new Date().toISOString());
  const { Items, LastEvaluatedKey } = await documents.send(new QueryCommand(query));
  return jsonResponse(200, {
    approvals: parse(array(IndexedApprovalSchema), Items ?? []).map((approval) => ({
      ...about(approval),
      ...viewOf(approval),
    })),
    ...(LastEvaluatedKey === undefined ? {} : { nextToken: listToken(LastEvaluatedKey) }),
  });
}

function viewOf(approval: IndexedApproval): object {
  const { state, requestedAt, answerBy } = approval;
  const decision = ['approver', 'comment', 'decidedAt'].flatMap((name) => {
    const value = approval[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { state, requestedAt, answerBy, ...Object.fromEntries(decision) };
}
