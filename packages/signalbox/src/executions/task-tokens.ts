import type { Json } from '../core/json.ts';
import type { TaskResult } from '../states-language/task-result.ts';
import { invalidToken, taskDoesNotExist, taskTimedOut } from './refusals.ts';

/** The task tokens for which a result may still come. */
export interface TaskTokens {
  /** Makes a token; a result is kept even when it comes before anybody waits for it. */
  issue(executionArn: string): string;
  /** Opens a token again that an earlier process has issued; does nothing where it is open. */
  reopen(token: string): void;
  /** Waits for the result; when the signal aborts, the token is closed. */
  wait(token: string, onHeartbeat: () => void, signal: AbortSignal): Promise<TaskResult>;
  /**
   * Gives the result; the first one wins. @throws {AwsError} `InvalidToken`, `TaskDoesNotExist`
   * or `TaskTimedOut`.
   */
  complete(token: string, result: TaskResult): void;
  /** Refuses a token that nobody waits for. @throws {AwsError} As `complete`. */
  check(token: string): void;
  /** Says that the work goes on. @throws {AwsError} As `complete`. */
  heartbeat(token: string): void;
  /** Takes a token back that was never handed out. */
  close(token: string): void;
  /** Closes what an execution that has ended has left open. */
  closeAll(executionArn: string): void;
}

interface OpenToken {
  result: TaskResult | undefined;
  onResult: ((result: TaskResult) => void) | undefined;
  onHeartbeat: (() => void) | undefined;
}

/** Creates the registry; `knows` says whether there is such an execution, for tokens from before a restart. */
export function createTaskTokens(
  uuid: () => string,
  knows: (executionArn: string) => boolean,
): TaskTokens {
  const open = new Map<string, OpenToken>();
  const ofExecution = new Map<string, Set<string>>();

  function close(token: string): void {
    open.delete(token);
    ofExecution.get(readToken(token))?.delete(token);
  }

  function find(token: string): OpenToken {
    const executionArn = readToken(token);
    const found = open.get(token);
    if (found !== undefined && found.result === undefined) return found;
    throw knows(executionArn) ? taskTimedOut() : taskDoesNotExist();
  }

  function reopen(token: string): void {
    if (open.has(token)) return;
    const executionArn = readToken(token);
    open.set(token, { result: undefined, onResult: undefined, onHeartbeat: undefined });
    const tokens = ofExecution.get(executionArn) ?? new Set();
    ofExecution.set(executionArn, tokens.add(token));
  }

  return {
    reopen,
    issue(executionArn) {
      const token = writeToken(executionArn, uuid());
      reopen(token);
      return token;
    },
    wait(token, onHeartbeat, signal) {
      return new Promise((resolve) => {
        const found = open.get(token);
        if (found === undefined) throw new RangeError('Cannot wait for a token that is closed');
        const finish = (result: TaskResult): void => {
          signal.removeEventListener('abort', abort);
          close(token);
          resolve(result);
        };
        const abort = (): void => finish({ kind: 'failed', error: undefined, cause: undefined });
        if (found.result !== undefined) return finish(found.result);
        if (signal.aborted) return abort();
        signal.addEventListener('abort', abort);
        found.onResult = finish;
        found.onHeartbeat = onHeartbeat;
      });
    },
    check: (token) => void find(token),
    complete(token, result) {
      const found = find(token);
      found.result = result;
      found.onResult?.(result);
    },
    heartbeat: (token) => find(token).onHeartbeat?.(),
    close,
    closeAll(executionArn) {
      for (const token of ofExecution.get(executionArn) ?? []) open.delete(token);
      ofExecution.delete(executionArn);
    },
  };
}

/** A token says whose it is, so that a late result differs from one for an unknown token. */
function writeToken(executionArn: string, id: string): string {
  return Buffer.from(`${executionArn} ${id}`).toString('base64');
}

/** Finds the token of an execution anywhere in the parameters that handed it out. */
export function findToken(executionArn: string, parameters: Json): string | undefined {
  const words = JSON.stringify(parameters).match(/[A-Za-z0-9+/]{40,}={0,2}/g) ?? [];
  return words.find((word) => isTokenOf(executionArn, word));
}

function isTokenOf(executionArn: string, word: string): boolean {
  const [arn, id = ''] = Buffer.from(word, 'base64').toString().split(' ');
  return arn === executionArn && /^[0-9a-f-]{36}$/.test(id);
}

function readToken(token: string): string {
  const [executionArn = '', id = ''] = Buffer.from(token, 'base64').toString().split(' ');
  if (!executionArn.startsWith('arn:aws:states:') || id === '') throw invalidToken();
  return executionArn;
}
