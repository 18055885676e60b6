import { posix } from 'node:path';
import { bad, ok, type Result } from '../core/result.ts';
import type { App } from './app.ts';
import { assemble } from './assemble.ts';
import { Documents } from './document/documents.ts';
import { Files } from './files.ts';
import { outputTexts } from './outputs.ts';
import type { GivenParameters } from './parameters.ts';
import { checkNames } from './read-resources.ts';
import { type ReadStack, readStack } from './read-stack.ts';
import { Report } from './report.ts';
import type { Stack } from './stack.ts';
import type { NestedStack } from './stack-resource.ts';

/** The template to read, and the stack that it is read as. */
export interface LoadAppOptions extends Stack {
  /** The project's root: every file is named relative to it. */
  readonly root: string;
  /** Relative to the root; `template.yaml` unless given. */
  readonly templateFile?: string;
  /** Stacks beside it, each with the template of it: they import one another's exports. */
  readonly beside?: readonly { readonly file: string; readonly stackName: string }[];
  /** Whether what the rehearsal does not know or do is refused; remarked unless given. */
  readonly strict?: boolean | undefined;
  /** In a value, `${SIGNALBOX_ENDPOINT}` stands for the endpoint. */
  readonly parameterOverrides: Readonly<Record<string, string>>;
  /** Where parsed documents are kept for the next process, an absolute path; nowhere unless given. */
  readonly documentsFile?: string | undefined;
}

/**
 * Reads a SAM template once, with every file that it names, the templates of its nested stacks and those
 * beside it, and returns what they say runs; or all that is wrong, each problem with its file and line.
 */
export function loadApp(options: LoadAppOptions): Result<App> {
  const { region, accountId, stackName } = options;
  const report = new Report(options.strict ?? false);
  const documents = new Documents(options.documentsFile);
  const files = new Files(options.root, '.', report, documents);
  const roots = readRoots(options, files, report);
  documents.keep();
  const [read] = roots;
  if (read === undefined) return bad(...report.problems);

  const stacks = roots.flatMap(withNested);
  const resources = stacks.flatMap((one) => one.resources);
  checkNames(resources, report);
  const app: App = {
    ...assemble(
      stacks.flatMap(({ contributions }) => contributions),
      report,
    ),
    stackName,
    stackId: read.stackId,
    region,
    accountId,
    parameters: read.parameters,
    outputs: outputTexts(read.outputs),
    nestedStacks: otherStacks(roots),
    resources: resources.map(({ place: _, ...resource }) => resource),
    sources: files.sources,
    remarks: report.remarks,
  };
  return report.problems.length === 0 ? ok(app) : bad(...report.problems);
}

/** A stack of its own, and the template of it. */
interface Root {
  readonly file: string;
  readonly stackName: string;
}

/** Reads the stacks, none of which is nested; one that is no template at all is left out. */
function readRoots(options: LoadAppOptions, files: Files, report: Report): readonly ReadStack[] {
  const { templateFile = 'template.yaml', stackName, beside = [] } = options;
  const roots = [{ file: posix.normalize(templateFile), stackName }, ...beside];
  const exports =
    roots.length > 1 ? exportsOf(roots, options, files.documents) : new Map<string, string>();
  const read = roots.flatMap((root, index) => {
    const path = index === 0 ? [] : [root.stackName];
    return (
      readRoot(root, { options, path, files, report, exports, isAlone: beside.length === 0 }) ?? []
    );
  });
  if (beside.length > 0) checkOverrides(options, read, report);
  return read;
}

/** Each stack may import what another exports, in any order: they are read until no more exports come. */
function exportsOf(
  roots: readonly Root[],
  options: LoadAppOptions,
  documents: Documents,
): Map<string, string> {
  const exports = new Map<string, string>();
  const unheard = new Report(false);
  const files = new Files(options.root, '.', unheard, documents);
  for (let known = -1; known < exports.size; ) {
    known = exports.size;
    for (const root of roots) {
      readRoot(root, { options, path: [], files, report: unheard, exports, isAlone: false });
    }
  }
  return exports;
}

interface RootReading {
  readonly options: LoadAppOptions;
  readonly path: readonly string[];
  readonly files: Files;
  readonly report: Report;
  readonly exports: Map<string, string>;
  /** Whether every override has to be a parameter of this one. */
  readonly isAlone: boolean;
}

function readRoot({ file, stackName }: Root, reading: RootReading): ReadStack | undefined {
  const { options, path, files, report, exports, isAlone } = reading;
  const { region, accountId, endpoint, namesApart } = options;
  return readStack({
    file,
    parents: [],
    path,
    stack: { stackName, region, accountId, endpoint, namesApart },
    given: { ...givenByOverrides(options, file), isForOthersToo: !isAlone },
    files: files.in(posix.dirname(file)),
    report,
    exports,
  });
}

/** Refuses an override that is a parameter of none of the stacks. */
function checkOverrides(
  { parameterOverrides, templateFile = 'template.yaml' }: LoadAppOptions,
  stacks: readonly ReadStack[],
  report: Report,
): void {
  const names = stacks.flatMap(({ parameters }) => Object.keys(parameters));
  for (const name of Object.keys(parameterOverrides)) {
    if (names.includes(name)) continue;
    const message = `Parameter ${name} has a value but is in none of the templates`;
    report.missing({ file: templateFile, line: 1 }, message, name, names);
  }
}

function givenByOverrides(
  { parameterOverrides, endpoint }: LoadAppOptions,
  file: string,
): GivenParameters {
  const values = Object.entries(parameterOverrides).map(
    ([name, value]) => [name, value.replaceAll('${SIGNALBOX_ENDPOINT}', endpoint)] as const,
  );
  return {
    values: new Map(values),
    template: 'the template',
    remedy: 'name it in parameter_overrides',
    placeOf: () => ({ file, line: 1 }),
  };
}

function withNested(stack: ReadStack): readonly ReadStack[] {
  return [stack, ...stack.nested.flatMap(withNested)];
}

/** All stacks but the first: those nested in it, and those beside it with what is nested in them. */
function otherStacks([first, ...beside]: readonly ReadStack[]): readonly NestedStack[] {
  return [
    ...(first === undefined ? [] : nestedStacksOf(first)),
    ...beside.flatMap((stack) => [describedStack(stack, undefined), ...nestedStacksOf(stack)]),
  ];
}

function nestedStacksOf(parent: ReadStack): readonly NestedStack[] {
  return parent.nested.flatMap((stack) => [
    describedStack(stack, parent.stackId),
    ...nestedStacksOf(stack),
  ]);
}

function describedStack(stack: ReadStack, parentId: string | undefined): NestedStack {
  const { path, stackName, stackId, parameters } = stack;
  return { path, stackName, stackId, parentId, parameters, outputs: outputTexts(stack.outputs) };
}
