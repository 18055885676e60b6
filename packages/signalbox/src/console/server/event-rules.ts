import type {
  ListRulesCommandOutput,
  ListTargetsByRuleCommandOutput,
} from '@aws-sdk/client-eventbridge';
import type { JsonObject } from '../../core/json.ts';
import { parsePatternText } from '../../event-patterns/parse-pattern.ts';
import { type WhyNot, whyNot } from '../../event-patterns/why-not.ts';
import type { ConsoleCall } from './console-options.ts';

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
  let NextToken: string | undefined;
  do {
    const page: ListRulesCommandOutput = await listRules(call, { EventBusName: bus, NextToken });
    for (const { Name = '', Arn = '', State, EventPattern } of page.Rules ?? []) {
      if (EventPattern === undefined) continue;
      const targets = await targetsOf(call, Name, bus);
      const fit = fitOf(EventPattern, event);
      const isEnabled = State !== 'DISABLED';
      tried.push({ name: Name, arn: Arn, isEnabled, pattern: EventPattern, ...fit, targets });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return tried.sort((a, b) => nearness(b) - nearness(a));
}

function fitOf(text: string, event: JsonObject): Pick<TriedRule, 'matches' | 'why'> {
  const parsed = parsePatternText(text);
  if (!parsed.ok) return { matches: false, why: undefined };
  const why = whyNot(parsed.value, event);
  return { matches: why === undefined, why };
}

function nearness({ matches, why }: TriedRule): number {
  return matches ? Number.POSITIVE_INFINITY : (why?.fitting ?? -1);
}

async function targetsOf(call: ConsoleCall, Rule: string, EventBusName: string) {
  const input = { Rule, EventBusName };
  const { Targets = [] }: ListTargetsByRuleCommandOutput = await listTargets(call, input);
  return Targets.map(({ Id = '', Arn = '' }) => ({ id: Id, arn: Arn }));
}

async function listRules(call: ConsoleCall, input: object): Promise<ListRulesCommandOutput> {
  return { $metadata: {}, ...(await call('events', 'ListRules', input)) };
}

async function listTargets(
  call: ConsoleCall,
  input: object,
): Promise<ListTargetsByRuleCommandOutput> {
  return { $metadata: {}, ...(await call('events', 'ListTargetsByRule', input)) };
}
