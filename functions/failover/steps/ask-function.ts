import { object, optional, parse, picklist, string } from 'valibot';
import { parseJson } from '../../shared/parse-json.ts';
import { sendSigned } from '../../shared/signed-call.ts';
import { FunctionStepError } from '../errors.ts';

/** Below the time-out of the functions that ask, with what they read and write besides. */
const TIMEOUT_MS = 20_000;

/** What a function of one's own answers, whatever it was asked to do. */
export const FunctionAnswerSchema = object({
  /** `ready`: it has not acted yet; `pending`: it has, and it is not done yet. */
  status: picklist(['ready', 'pending', 'done', 'failed']),
  detail: optional(string(), ''),
});

/** What a function is asked: to look, which changes nothing, to act, or to undo what it did. */
export interface FunctionQuestion {
  readonly phase: 'look' | 'act' | 'undo';
  readonly failoverId: string;
  readonly region: string;
  readonly mode: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An answer, and the id of the request in CloudTrail. */
export interface FunctionAnswer {
  readonly status: 'ready' | 'pending' | 'done' | 'failed';
  readonly detail: string;
  readonly requestId: string;
}

/**
 * Calls a function of one's own and waits for its answer.
 * @throws {FunctionStepError} When Lambda refuses, the function throws, or its answer is none.
 */
export async function askFunction(
  functionName: string,
  question: FunctionQuestion,
): Promise<FunctionAnswer> {
  const service = { name: 'lambda', region: question.region, timeoutMs: TIMEOUT_MS };
  const response = await sendSigned(service, {
    path: `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
  });
  const text = await response.text();
  if (!response.ok || response.headers.has('x-amz-function-error')) {
    throw new FunctionStepError(
      `${functionName} answered ${response.status}: ${text.slice(0, 300)}`,
    );
  }
  try {
    const answer = parse(FunctionAnswerSchema, parseJson(text));
    return { ...answer, requestId: response.headers.get('x-amzn-requestid') ?? '' };
  } catch (error) {
    throw new FunctionStepError(
      `${functionName} has to answer {"status":"ready|pending|done|failed","detail":"…"}, and answered ${text.slice(0, 300)}`,
      { cause: error },
    );
  }
}
