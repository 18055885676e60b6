/** Ends what it was returned by. */
export type Stop = () => void;

/** Tells when executions change. */
export interface ExecutionChanges {
  /** Calls the listener with the ARNs of the executions that began or changed, a few times a second at most. */
  all(listener: (executionArns: readonly string[]) => void): Stop;
  /** Calls the listener whenever one execution may have changed. */
  of(executionArn: string, listener: () => void): Stop;
}

/** The changes of a rehearsal, which hears of every event. */
export interface HeardChanges extends ExecutionChanges {
  /** To be called with each event of a history. */
  heard(executionArn: string): void;
  close(): void;
}

/** Few enough for a browser to stay responsive, often enough to look immediate. */
const PAUSE_MS = 200;

/** Collects changes, so that a thousand events a second are five calls of a listener. */
export function createHeardChanges(): HeardChanges {
  const listeners = new Set<(executionArns: readonly string[]) => void>();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    const arns = [...changed];
    changed = new Set();
    timer = undefined;
    for (const listener of [...listeners]) listener(arns);
  }

  function all(listener: (executionArns: readonly string[]) => void): Stop {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  return {
    all,
    of: (executionArn, listener) =>
      all((arns) => {
        if (arns.includes(executionArn)) listener();
      }),
    heard(executionArn) {
      if (listeners.size === 0) return;
      changed.add(executionArn);
      timer ??= setTimeout(flush, PAUSE_MS).unref();
    },
    close() {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

/** AWS allows few calls of ListExecutions a second. */
const POLL_MS = 3_000;

/** The changes of an account, which has to be asked: `list` returns each execution's ARN with what changes of it. */
export function createPolledChanges(
  list: () => Promise<ReadonlyMap<string, string>>,
  onError: (error: unknown) => void,
): ExecutionChanges {
  return {
    all(listener) {
      let known: ReadonlyMap<string, string> | undefined;
      return every(
        POLL_MS,
        async () => {
          const now = await list();
          const before = known ?? now;
          known = now;
          const arns = [...now].filter(([arn, state]) => before.get(arn) !== state);
          if (arns.length > 0) listener(arns.map(([arn]) => arn));
        },
        onError,
      );
    },
    of: (_executionArn, listener) => every(POLL_MS, async () => listener(), onError),
  };
}

function every(pauseMs: number, act: () => Promise<void>, onError: (error: unknown) => void): Stop {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  function again(): void {
    if (!isStopped)
      timer = setTimeout(() => void act().catch(onError).finally(again), pauseMs).unref();
  }
  again();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
