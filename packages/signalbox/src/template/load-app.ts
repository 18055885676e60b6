import { posix } from 'node:path';
import { bad, ok, type Result } from '../core/result.ts';
import type { App } from './app.ts';
import { assemble } from './assemble.ts';
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
  /** Whether what the rehearsal does not know or do is refused; remarked unless given. */
  readonly strict?: boolean | undefined;
  /** In a value, `${SIGNALBOX_ENDPOINT}` stands for the endpoint. */
  readonly parameterOverrides: Readonly<Record<string, string>>;
}

/**
 * Reads a SAM template once, with every file that it names and the templates of its nested stacks, and
 * returns what they say runs; or all that is wrong, each problem with its file and line.
 */
export function loadApp(options: LoadAppOptions): Result<App> {
  const { root, templateFile = 'template.yaml', stackName, region, accountId, endpoint } = options;
  const file = posix.normalize(templateFile);
  const report = new Report(options.strict ?? false);
  const files = new Files(root, posix.dirname(file), report);
  const stack: Stack = { stackName, region, accountId, endpoint };
  const given = givenByOverrides(options, file);
  const read = readStack({
    file,
    parents: [],
    path: [],
    stack,
    given,
    files,
    report,
    exports: new Map(),
  });
  if (read === undefined) return bad(...report.problems);

  const stacks = withNested(read);
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
    nestedStacks: nestedStacksOf(read),
    resources: resources.map(({ place: _, ...resource }) => resource),
    sources: files.sources,
    remarks: report.remarks,
  };
  return report.problems.length === 0 ? ok(app) : bad(...report.problems);
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

function nestedStacksOf(parent: ReadStack): readonly NestedStack[] {
  return parent.nested.flatMap((stack) => {
    const { path, stackName, stackId, parameters } = stack;
    const outputs = outputTexts(stack.outputs);
    const own = { path, stackName, stackId, parentId: parent.stackId, parameters, outputs };
    return [own, ...nestedStacksOf(stack)];
  });
}
