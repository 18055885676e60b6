import type { ListTargetsByRuleCommandOutput } from '@aws-sdk/client-eventbridge';
import type { JsonObject } from '../../core/json.ts';
import { parsePatternText } from '../../event-patterns/parse-pattern.ts';
import { type WhyNot, whyNot } from '../../event-patterns/why-not.ts';
import { busRules } from './bus-rules.ts';
import type { ConsoleCall } from './console-options.ts';

/** What a pattern says of an event. */
export interface TriedPattern {
  readonly matches: boolean;
  /** The first field that does not fit. */
  readonly why: WhyNot | undefined;
  /** What is wrong with the pattern, in EventBridge's own words. */
  readonly problem: string | undefined;
}

/** A rule of a bus, and whether it wants an event. */
export interface TriedRule {
  readonly name: string;
  readonly arn: string;
  readonly isEnabled: boolean;
  /** JSON text. */
  readonly pattern: string;
  readonly matches: boolean;
  /** The first field that does not fit. */
  readonly why: WhyNot | undefined;
  readonly targets: readonly { readonly id: string; readonly arn: string }[];
}

/** Tries an event on every rule of a bus that has a pattern; those that come nearest first. */
export async function triedRules(
  call: ConsoleCall,
  bus: string,
  event: JsonObject,
): Promise<readonly TriedRule[]> {
  const tried: TriedRule[] = [];
  for (const { Name = '', Arn = '', State, EventPattern } of await busRules(call, bus)) {
    if (EventPattern === undefined) continue;
    const targets = await targetsOf(call, Name, bus);
    const { matches, why } = triedPattern(EventPattern, event);
    const isEnabled = State !== 'DISABLED';
    tried.push({ name: Name, arn: Arn, isEnabled, pattern: EventPattern, matches, why, targets });
  }
  return tried.sort((a, b) => nearness(b) - nearness(a));
}

/** Tries an event on a pattern, which is JSON text. */
export function triedPattern(text: string, event: JsonObject): TriedPattern {
  const parsed = parsePatternText(text);
  if (!parsed.ok) {
    const problem = parsed.problems.map(({ message }) => message).join('; ');
    return { matches: false, why: undefined, problem };
  }
  const why = whyNot(parsed.value, event);
  return { matches: why === undefined, why, problem: undefined };
}

function nearness({ matches, why }: TriedRule): number {
  return matches ? Number.POSITIVE_INFINITY : (why?.fitting ?? -1);
}

async function targetsOf(call: ConsoleCall, Rule: string, EventBusName: string) {
  const input = { Rule, EventBusName };
  const { Targets = [] }: ListTargetsByRuleCommandOutput = await listTargets(call, input);
  return Targets.map(({ Id = '', Arn = '' }) => ({ id: Id, arn: Arn }));
}

async function listTargets(
  call: ConsoleCall,
  input: object,
): Promise<ListTargetsByRuleCommandOutput> {
  return { $metadata: {}, ...(await call('events', 'ListTargetsByRule', input)) };
}
