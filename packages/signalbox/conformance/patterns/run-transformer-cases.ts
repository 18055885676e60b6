import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BusEvent } from '../../src/bus/bus-event.ts';
import { parseTargetInput, targetBody } from '../../src/bus/target-input.ts';
import type { Json } from '../../src/core/json.ts';
import type { TargetResource } from '../../src/template/app.ts';
import type { CaseOutcome } from './pattern-case.ts';
import { type CaseReport, report } from './run-pattern-cases.ts';

/** A recorded case: the input that a target of EventBridge received, or the refusal of PutTargets. */
interface TransformerCase {
  readonly id: string;
  readonly entries?: readonly (readonly Entry[])[];
  readonly InputPath?: string | null;
  readonly InputTransformer?: Transformer | null;
  readonly expectedBodies?: readonly Json[];
  readonly setup?: readonly {
    readonly op: string;
    readonly args: { readonly Targets?: readonly ApiTarget[] };
  }[];
  readonly expected?: { readonly Error: { readonly Message: string } };
}

interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

interface Transformer {
  readonly InputPathsMap?: Readonly<Record<string, string>>;
  readonly InputTemplate: string;
}

interface ApiTarget {
  readonly InputPath?: string | null;
  readonly InputTransformer?: Transformer | null;
}

/** Runs a folder's `input-transformer-cases.json`. */
export async function runTransformerCases(folder: string): Promise<CaseReport> {
  const text = await readFile(join(folder, 'input-transformer-cases.json'), 'utf8');
  const cases: readonly TransformerCase[] = JSON.parse(text);
  return report(cases.map(runTransformerCase));
}

function runTransformerCase(given: TransformerCase): CaseOutcome {
  const target = given.setup?.flatMap(({ args }) => args.Targets ?? [])[0] ?? given;
  const expected: readonly Json[] = given.expectedBodies ?? [given.expected?.Error.Message ?? ''];
  const actual = receive(target, given.entries?.flat() ?? []).map((body, index) =>
    typeof expected[index] === 'string' ? body : JSON.parse(body),
  );
  return {
    id: given.id,
    passed: isDeepStrictEqual(actual, expected),
    expected: JSON.stringify(expected),
    actual: JSON.stringify(actual),
  };
}

function receive(target: ApiTarget, entries: readonly Entry[]): readonly string[] {
  const input = parseTargetInput(targetResource(target));
  if (!input.ok) return input.problems.map(({ message }) => message);
  const context = { ruleArn: '', ruleName: '', ingestionTime: '' };
  return entries.map((entry) => targetBody(input.value, eventOf(entry), context));
}

function targetResource({ InputPath, InputTransformer: transformer }: ApiTarget): TargetResource {
  return {
    // The recordings write target ids so.
    id: '<target-id>',
    arn: '',
    roleArn: undefined,
    input: undefined,
    inputPath: InputPath ?? undefined,
    inputTransformer: transformer
      ? { inputPathsMap: transformer.InputPathsMap ?? {}, inputTemplate: transformer.InputTemplate }
      : undefined,
    deadLetterArn: undefined,
    maximumRetryAttempts: 0,
    maximumEventAgeSeconds: 60,
  };
}

function eventOf({ Source, DetailType, Detail }: Entry): BusEvent {
  return {
    version: '0',
    id: '',
    'detail-type': DetailType,
    source: Source,
    account: '',
    // The recordings write times so.
    time: 'date',
    region: '',
    resources: [],
    detail: JSON.parse(Detail),
  };
}
