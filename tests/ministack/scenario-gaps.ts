/** Scenarios of orders that end otherwise on MiniStack 1.5.33, with the endings found there. */
export const SCENARIO_GAPS: Readonly<
  Record<string, { readonly why: string; readonly found: RegExp }>
> = {
  'oversized-order': {
    why: 'a rule starts an execution with more input than the 256 KiB that Step Functions takes',
    found: /^ord-oversized-order FAILED InvalidOrderError OrderRejected$/,
  },
};
