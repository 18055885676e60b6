import type { Json } from '../../src/core/json.ts';

/** One recorded response of EventBridge's TestEventPattern, or of AWS's own rule library. */
export interface PatternCase {
  readonly id: string;
  readonly pattern?: Json;
  readonly patternRaw?: string | null;
  readonly event?: Json;
  readonly eventRaw?: string | null;
  readonly expected: boolean | 'exception';
  readonly exception?: { readonly message: string };
}

/** The outcome of one case. */
export interface CaseOutcome {
  readonly id: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly actual: string;
}
