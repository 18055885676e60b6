import { AsyncLocalStorage } from 'node:async_hooks';

/** How often a rule may take events that came of its own before the chain is taken for a loop. */
const LONGEST_CHAIN = 100;

const storage = new AsyncLocalStorage<readonly string[]>();

/**
 * The ARNs of the rules whose targets are at work where this is called, the first first: what is put
 * on a bus there came of them. What leaves the process, such as a function's own call, has none.
 */
export function causesHere(): readonly string[] {
  return storage.getStore() ?? [];
}

/** Does something as the work of rules. */
export function withCauses<T>(ruleArns: readonly string[], work: () => T): T {
  return storage.run(ruleArns, work);
}

/** Tells whether a rule has taken so many events of its own making that it won't end by itself. */
export function isLoop(causes: readonly string[], ruleArn: string): boolean {
  if (causes.length < LONGEST_CHAIN) return false;
  return causes.filter((cause) => cause === ruleArn).length >= LONGEST_CHAIN;
}
