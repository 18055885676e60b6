import { jsonText } from '../core/exact-json/exact-number.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { bad, ok, type Problem, type Result } from '../core/result.ts';
import { type InputPath, parseInputPath, valueAt } from './input-path.ts';

/** An InputTransformer made ready. */
export interface InputTransformer {
  readonly paths: ReadonlyMap<string, InputPath>;
  readonly parts: readonly TemplatePart[];
  /** Whether the template is a JSON object, and no text. */
  readonly isJson: boolean;
}

/** Literal text, or a variable, which is written otherwise inside of a JSON string. */
type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly isInString: boolean };

/** The values of the reserved variables, beside the event. */
export interface TransformerContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** When the bus took the event, in ISO 8601. */
  readonly ingestionTime: string;
}

const WHOLE_EVENT = 'aws.events.event.json';
const RESERVED: ReadonlySet<string> = new Set([
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event',
  WHOLE_EVENT,
  'aws.events.event.ingestion-time',
]);

/**
 * Reads an InputTransformer; the problems about placeholders have EventBridge's own words.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function parseInputTransformer(
  {
    inputPathsMap,
    inputTemplate,
  }: {
    readonly inputPathsMap: Readonly<Record<string, string>>;
    readonly inputTemplate: string;
  },
  targetId: string,
): Result<InputTransformer> {
  const problems: Problem[] = [];
  const paths = new Map<string, InputPath>();
  for (const [name, text] of Object.entries(inputPathsMap)) {
    const path = parseInputPath(text);
    if (path.ok) paths.set(name, path.value);
    else problems.push(...path.problems.map((problem) => ({ ...problem, path: name })));
  }
  const parts = splitTemplate(inputTemplate);
  const isJson = isJsonTemplate(inputTemplate);
  for (const name of new Set(
    parts.flatMap((part) => (part.kind === 'variable' ? part.name : [])),
  )) {
    const about = `InputTemplate for target ${targetId} contains`;
    if (!RESERVED.has(name) && !Object.hasOwn(inputPathsMap, name)) {
      problems.push({ message: `${about} invalid placeholder ${name}.` });
    } else if (name === WHOLE_EVENT && !isJson) {
      problems.push({ message: `${about} placeholder ${name} valid only for JSON template.` });
    }
  }
  return problems.length > 0 ? bad(...problems) : ok({ paths, parts, isJson });
}

/** Returns whether a template is a JSON object, so that what comes of it must be JSON too. */
export function isJsonTemplate(inputTemplate: string): boolean {
  return inputTemplate.trimStart().startsWith('{');
}

/** Writes what a target receives in the event's stead. */
export function transformInput(
  { paths, parts, isJson }: InputTransformer,
  event: JsonObject,
  context: TransformerContext,
): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const path = paths.get(part.name);
      const value =
        path === undefined ? reservedValue(part.name, event, context) : valueAt(path, event);
      return part.isInString ? textInString(value, isJson) : textAlone(value);
    })
    .join('');
}

/** A variable outside of quotes becomes JSON. */
function textAlone(value: Json | undefined): string {
  // AWS: a path that finds nothing gives an empty string.
  return jsonText(value ?? (value === null ? null : ''));
}

/**
 * A variable inside of quotes becomes text. AWS, recorded: in a text, objects and arrays lose their quotes; in a JSON
 * object they keep them, and what comes of it is no JSON and delivered to nobody.
 */
function textInString(value: Json | undefined, isJson: boolean): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return jsonText(value).slice(1, -1);
  return isJson ? jsonText(value) : jsonText(value).replaceAll('"', '');
}

function reservedValue(
  name: string,
  event: JsonObject,
  { ruleArn, ruleName, ingestionTime }: TransformerContext,
): Json | undefined {
  switch (name) {
    case 'aws.events.rule-arn':
      return ruleArn;
    case 'aws.events.rule-name':
      return ruleName;
    case 'aws.events.event.ingestion-time':
      return ingestionTime;
    case 'aws.events.event': {
      // AWS: without its detail, and its type under another name.
      const { detail: _, ...envelope } = event;
      return Object.fromEntries(
        Object.entries(envelope).map(([key, value]) => [
          key === 'detail-type' ? 'detailType' : key,
          value,
        ]),
      );
    }
    case WHOLE_EVENT:
      return event;
    default:
      return undefined;
  }
}

const TEMPLATE_TOKEN = /<([A-Za-z0-9_.-]+)>|\\.|"|[^<"\\]+|[<\\]/gs;

function splitTemplate(template: string): readonly TemplatePart[] {
  let isInString = false;
  return [...template.matchAll(TEMPLATE_TOKEN)].map(([text, name]): TemplatePart => {
    if (name !== undefined) return { kind: 'variable', name, isInString };
    if (text === '"') isInString = !isInString;
    return { kind: 'text', text };
  });
}
