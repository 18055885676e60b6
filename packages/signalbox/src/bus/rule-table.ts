import type { JsonObject } from '../core/json.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import { bad, ok, type Problem, type Result } from '../core/result.ts';
import { type CompiledPatterns, compilePatterns } from '../event-patterns/match-pattern.ts';
import { MAX_PATTERN_LENGTH, parsePattern } from '../event-patterns/parse-pattern.ts';
import type { Pattern } from '../event-patterns/pattern.ts';
import type { RuleResource, TargetResource } from '../template/app.ts';
import type { EventBusResource } from '../template/event-bus-resource.ts';
import { parseTargetInput, type TargetInput } from './target-input.ts';

/** A rule as the bus keeps it, from the template or from PutRule. */
export type Rule = Omit<RuleResource, 'logicalId' | 'place'> & {
  readonly description?: string | undefined;
};

/** A target made ready. */
export interface LoadedTarget {
  readonly target: TargetResource;
  readonly input: TargetInput;
}

/** A rule made ready. */
export interface LoadedRule {
  readonly rule: Rule;
  /** Undefined where the rule has a schedule only. */
  readonly pattern: Pattern | undefined;
  readonly targets: readonly LoadedTarget[];
}

/** The rules of one bus, in the order they came, ready to be matched. */
export interface BusRules {
  readonly rules: readonly LoadedRule[];
  /** Those of them that have a pattern; the indexes of `compiled` are theirs. */
  readonly withPattern: readonly (LoadedRule & { readonly pattern: Pattern })[];
  readonly compiled: CompiledPatterns;
}

/** Makes a rule ready; the problems carry the rule's name as their path. */
export function loadRule(rule: Rule): Result<LoadedRule> {
  const problems: Problem[] = [];
  const pattern = readPattern(rule.eventPattern, problems);
  const targets: LoadedTarget[] = [];
  for (const target of rule.targets) {
    const input = parseTargetInput(target);
    if (input.ok) targets.push({ target, input: input.value });
    else problems.push(...input.problems);
  }
  return problems.length > 0 ? bad(...problems) : ok({ rule, pattern, targets });
}

function restoreRule(rule: Rule): LoadedRule {
  const loaded = loadRule(rule);
  if (loaded.ok) return loaded.value;
  throw new TypeError(`Cannot read the rule ${rule.name} again: ${loaded.problems[0]?.message}`);
}

function readPattern(written: JsonObject | undefined, problems: Problem[]): Pattern | undefined {
  if (written === undefined) return undefined;
  const { length } = JSON.stringify(written);
  if (length > MAX_PATTERN_LENGTH) {
    problems.push({
      message: `Event pattern has ${length} characters, and EventBridge takes ${MAX_PATTERN_LENGTH}`,
    });
    return undefined;
  }
  const pattern = parsePattern(written);
  if (pattern.ok) return pattern.value;
  problems.push(...pattern.problems);
  return undefined;
}

/** An event bus, of the template's or of CreateEventBus. */
export type EventBus = EventBusResource & {
  /** When it was made, and when it was last changed; with the rehearsal unless given. */
  readonly createdAt?: Date | undefined;
  readonly modifiedAt?: Date | undefined;
};

/** The buses and their rules; those of the template are replaced together, those of the API stay. */
export class RuleTable {
  private buses: ReadonlyMap<string, EventBus> = new Map();
  private readonly busesFromApi: Map<string, EventBus>;
  private readonly listeners: (() => void)[] = [];
  private fromTemplate: ReadonlyMap<string, LoadedRule> = new Map();
  private readonly fromApi: Map<string, LoadedRule>;
  /** The template's rules as text, as they were when it was last read. */
  private readonly templateTexts: Map<string, string>;
  private compiled = new Map<string, BusRules>();
  /** The tags of buses and rules, by ARN. */
  readonly tags: Map<string, Readonly<Record<string, string>>>;
  /** The policies of buses as JSON texts, by name. */
  readonly policies: Map<string, string>;

  constructor(maps: KeptMaps) {
    this.tags = maps.map('events/tags');
    this.policies = maps.map('events/policies');
    this.busesFromApi = maps.map('events/buses');
    this.fromApi = maps.map('events/rules', { store: ({ rule }) => rule, restore: restoreRule });
    this.templateTexts = maps.map('events/template-rules');
  }

  /** Takes the template's buses and rules in place of those before. */
  replace(buses: readonly EventBusResource[], rules: readonly LoadedRule[]): void {
    this.buses = new Map(buses.map((bus) => [bus.name, bus]));
    this.fromTemplate = new Map(rules.map((loaded) => [keyOf(loaded.rule), loaded]));
    // As CloudFormation: a change by the API stays until the template changes the rule too.
    for (const [key, { rule }] of this.fromTemplate) {
      const text = JSON.stringify({ ...rule, place: undefined });
      if (this.templateTexts.get(key) === text) continue;
      this.fromApi.delete(key);
      this.templateTexts.set(key, text);
    }
    this.changed();
  }

  /** Takes a rule of the API's, in place of one of the same name. */
  put(loaded: LoadedRule): void {
    this.fromApi.set(keyOf(loaded.rule), loaded);
    this.changed();
  }

  /** Takes a rule away; one of the template's comes back when the template is read again. */
  delete(rule: Rule): void {
    this.tags.delete(rule.arn);
    this.fromApi.delete(keyOf(rule));
    this.fromTemplate = new Map([...this.fromTemplate].filter(([key]) => key !== keyOf(rule)));
    this.changed();
  }

  /** Calls back after each change. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Makes a bus of the API's, or changes one; one of the template's until it is read again. */
  putBus(bus: EventBus): void {
    this.busesFromApi.set(bus.name, bus);
  }

  deleteBus(name: string): void {
    this.tags.delete(this.bus(name)?.arn ?? '');
    this.policies.delete(name);
    this.busesFromApi.delete(name);
    this.buses = new Map([...this.buses].filter(([known]) => known !== name));
  }

  bus(name: string): EventBus | undefined {
    return this.busesFromApi.get(name) ?? this.buses.get(name);
  }

  allBuses(): readonly EventBus[] {
    return [...new Map([...this.buses, ...this.busesFromApi]).values()];
  }

  /** Every rule of every bus. */
  allRules(): readonly LoadedRule[] {
    return this.allBuses().flatMap(({ name }) => this.rulesOf(name).rules);
  }

  find(eventBusName: string, name: string): LoadedRule | undefined {
    return this.rulesOf(eventBusName).rules.find(({ rule }) => rule.name === name);
  }

  /** The rules of a bus, made ready once after each change. */
  rulesOf(eventBusName: string): BusRules {
    const known = this.compiled.get(eventBusName);
    if (known !== undefined) return known;
    const rules = [...new Map([...this.fromTemplate, ...this.fromApi]).values()].filter(
      ({ rule }) => rule.eventBusName === eventBusName,
    );
    const withPattern = rules.flatMap((loaded) =>
      loaded.pattern === undefined ? [] : [{ ...loaded, pattern: loaded.pattern }],
    );
    const compiled = compilePatterns(withPattern.map(({ pattern }) => pattern));
    const busRules = { rules, withPattern, compiled };
    this.compiled.set(eventBusName, busRules);
    return busRules;
  }

  private changed(): void {
    this.compiled = new Map();
    for (const listener of this.listeners) listener();
  }
}

function keyOf({ eventBusName, name }: Rule): string {
  return `${eventBusName}/${name}`;
}
