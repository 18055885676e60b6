import { useEffect, useState } from 'react';
import type { ExecutionRow } from '../../server/live-executions.ts';
import { createExecutionList } from './execution-list.ts';
import { inBursts } from './in-bursts.ts';
import { follow } from './live.ts';

/** The executions of all workflows, newest first. */
export interface LiveExecutions {
  readonly rows: readonly ExecutionRow[];
  /** Whether the list is whole; rows come in pages. */
  readonly isListed: boolean;
  readonly isConnected: boolean;
  readonly error: string | undefined;
}

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
    const picture = inBursts(() => setKnown((now) => ({ ...now, rows: list.rows() })));
    const stop = follow(
      'executions',
      {
        rows(data) {
          list.take(JSON.parse(data));
          picture.soon();
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
      picture.stop();
      stop();
    };
  }, []);
  return known;
}
