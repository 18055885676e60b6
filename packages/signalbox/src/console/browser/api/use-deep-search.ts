import { useEffect, useState } from 'react';
import { follow } from './live.ts';

/** The executions that a search has found so far. */
export interface DeepSearch {
  /** Undefined where nothing is searched for. */
  readonly found: ReadonlySet<string> | undefined;
  /** Executions that were looked into. */
  readonly looked: number;
  readonly isOver: boolean;
  readonly error: string | undefined;
}

const NOTHING: DeepSearch = { found: undefined, looked: 0, isOver: true, error: undefined };

/** Searches inputs, outputs, errors and triggers, which no list has, and goes on as executions change. */
export function useDeepSearch(conditions: readonly string[]): DeepSearch {
  const [known, setKnown] = useState<DeepSearch>(NOTHING);
  const text = new URLSearchParams(conditions.map((one) => ['where', one])).toString();
  useEffect(() => {
    if (text === '') {
      setKnown(NOTHING);
      return;
    }
    const found = new Set<string>();
    setKnown({ found, looked: 0, isOver: false, error: undefined });
    return follow(
      `search?${text}`,
      {
        found(data) {
          const { found: more, lost, looked } = JSON.parse(data);
          for (const arn of more) found.add(arn);
          for (const arn of lost) found.delete(arn);
          setKnown((now) => ({ ...now, found: new Set(found), looked }));
        },
        searched: () => setKnown((now) => ({ ...now, isOver: true })),
        failed(data) {
          const { name, message } = JSON.parse(data);
          setKnown((now) => ({ ...now, isOver: true, error: `${name}: ${message}` }));
        },
      },
      () => undefined,
    );
  }, [text]);
  return known;
}
