import type { CallRecord } from '../../packages/signalbox/src/endpoint/registry.ts';

/** So many lines tell how a run ended. */
const MOST = 40;

/** Keeps the last calls of services as lines. */
export interface LastCalls {
  readonly onCall: (call: CallRecord) => void;
  lines(): readonly string[];
}

/** Makes an empty list of last calls. */
export function createLastCalls(): LastCalls {
  const lines: string[] = [];
  return {
    onCall(call) {
      lines.push(lineOf(call));
      if (lines.length > MOST) lines.shift();
    },
    lines: () => [...lines],
  };
}

function lineOf({ service, action, input, error, caller }: CallRecord): string {
  const end = error instanceof Error ? error.name : 'ok';
  const called = 'FunctionName' in input ? ` of ${String(input.FunctionName)}` : '';
  return `${service}:${action}${called} by ${caller.arn}: ${end}`;
}
