import type {
  ListEventBusesCommandOutput,
  ListTargetsByRuleCommandOutput,
  Rule,
  Target,
} from '@aws-sdk/client-eventbridge';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Sample } from '../../core/sample.ts';
import { parseInputPath, valueAt } from '../../event-patterns/input-path.ts';
import { parseInputTransformer, transformInput } from '../../event-patterns/input-transformer.ts';
import { parsePatternText } from '../../event-patterns/parse-pattern.ts';
import { whyNot } from '../../event-patterns/why-not.ts';
import { busRules } from './bus-rules.ts';
import type { ConsoleCall } from './console-options.ts';

/** What something may be started with, and where that stands. */
export interface FoundSample {
  /** JSON text. */
  readonly text: string;
  /** The file that it was made of, relative to the root of the project. */
  readonly path: string;
}

/**
 * Finds the sample of a function: the file that has its name, as `weigh-parcel.json` has that of
 * `WeighParcelFunction`.
 *
 * @param functionName The name in the account, which may begin with that of a stack.
 */
export function functionSample(
  samples: readonly Sample[],
  functionName: string,
): FoundSample | undefined {
  const words = kebab(functionName).replace(/-function$/, '');
  const fitting = samples.filter(({ name }) => words === name || words.endsWith(`-${name}`));
  return fitting.toSorted((a, b) => b.name.length - a.name.length)[0];
}

/**
 * Finds what a state machine is started with: the sample of an event that one of its rules takes, turned
 * into input as the rule's target says.
 */
export async function machineSample(
  call: ConsoleCall,
  samples: readonly Sample[],
  machineArn: string,
): Promise<FoundSample | undefined> {
  for await (const rule of allRules(call)) {
    const sample = eventFor(rule, samples);
    if (sample === undefined || !isJsonObject(sample.value)) continue;
    const { Name: Rule, EventBusName } = rule;
    const found: Partial<ListTargetsByRuleCommandOutput> = await call(
      'events',
      'ListTargetsByRule',
      { Rule, EventBusName },
    );
    const target = (found.Targets ?? []).find(({ Arn }) => Arn === machineArn);
    const text = target === undefined ? undefined : inputOf(target, rule, sample.value);
    if (text !== undefined) return { text, path: sample.path };
  }
  return undefined;
}

/** The rules of all buses. */
async function* allRules(call: ConsoleCall): AsyncGenerator<Rule> {
  const buses: Partial<ListEventBusesCommandOutput> = await call('events', 'ListEventBuses', {});
  for (const { Name: EventBusName = '' } of buses.EventBuses ?? []) {
    for (const rule of await busRules(call, EventBusName)) yield { ...rule, EventBusName };
  }
}

/** The sample that a rule takes: rather the one that is named after its type than one of a function that takes it too. */
function eventFor(rule: Rule, samples: readonly Sample[]): Sample | undefined {
  const taken = samples.filter(({ value }) => takes(rule, value));
  return taken.find(({ name, value }) => kebab(typeOf(value)) === name) ?? taken[0];
}

function typeOf(event: Sample['value']): string {
  return isJsonObject(event) ? String(event['detail-type'] ?? '') : '';
}

function takes({ EventPattern }: Rule, value: Sample['value']): boolean {
  const parsed = EventPattern === undefined ? undefined : parsePatternText(EventPattern);
  return parsed?.ok === true && isJsonObject(value) && whyNot(parsed.value, value) === undefined;
}

/** What the target receives in place of the event; undefined where its settings cannot be read. */
function inputOf(
  { Id = '', Input, InputPath, InputTransformer }: Target,
  { Arn = '', Name = '' }: Rule,
  event: JsonObject,
): string | undefined {
  if (Input !== undefined) return Input;
  if (InputPath !== undefined) {
    const path = parseInputPath(InputPath);
    return path.ok ? jsonText(valueAt(path.value, event) ?? null) : undefined;
  }
  if (InputTransformer === undefined) return jsonText(event);
  const { InputPathsMap = {}, InputTemplate = '' } = InputTransformer;
  const given = { inputPathsMap: InputPathsMap, inputTemplate: InputTemplate };
  const read = parseInputTransformer(given, Id);
  if (!read.ok) return undefined;
  const ingestionTime = String(event['time'] ?? '');
  return transformInput(read.value, event, { ruleArn: Arn, ruleName: Name, ingestionTime });
}

/** `WeighParcelFunction` as `weigh-parcel-function`. */
function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
