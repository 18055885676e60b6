import { useEffect, useState } from 'react';
import type { ExecutionRow } from '../../server/live-executions.ts';
import { createExecutionList } from './execution-list.ts';
import { follow } from './live.ts';

/** The executions of all workflows, newest first. */
export interface LiveExecutions {
  readonly rows: readonly ExecutionRow[];
  /** Whether the list is whole; rows come in pages. */
  readonly isListed: boolean;
  readonly isConnected: boolean;
  readonly error: string | undefined;
}

/** A page shows a burst of changes at once. */
const PAUSE_MS = 250;

/** Follows the list of executions: rows come in place of what was known of the same execution. */
export function useExecutions(): LiveExecutions {
  const [known, setKnown] = useState<LiveExecutions>({
    rows: [],
    isListed: false,
    isConnected: true,
    error: undefined,
  });
  useEffect(() => {
    const list = createExecutionList();
    let timer: number | undefined;
    const show = () => {
      timer = undefined;
      setKnown((now) => ({ ...now, rows: list.rows() }));
    };
    const stop = follow(
      'executions',
      {
        rows(data) {
          list.take(JSON.parse(data));
          timer ??= window.setTimeout(show, PAUSE_MS);
        },
        listed: () => setKnown((now) => ({ ...now, isListed: true })),
        failed(data) {
          const { name, message } = JSON.parse(data);
          setKnown((now) => ({ ...now, error: `${name}: ${message}` }));
        },
      },
      (isConnected) => setKnown((now) => ({ ...now, isConnected })),
    );
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, []);
  return known;
}
