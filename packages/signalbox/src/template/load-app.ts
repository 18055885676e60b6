import { posix } from 'node:path';
import { bad, ok, type Result } from '../core/result.ts';
import type { App } from './app.ts';
import { checkReferences } from './check-references.ts';
import { createConditionScope } from './condition-scope.ts';
import { parseDocument } from './document/parse-document.ts';
import { expandTemplate } from './expand-template.ts';
import { Files } from './files.ts';
import { createIdentities } from './identities.ts';
import { stackIdOf } from './intrinsics/references.ts';
import type { Scope } from './intrinsics/scope.ts';
import { readOutputs } from './outputs.ts';
import { readParameters } from './parameters.ts';
import { readResources } from './read-resources.ts';
import { Report } from './report.ts';
import { type Resource, readSections, type Template } from './sections.ts';
import type { Stack } from './stack.ts';

/** Which template to read, and as which stack. */
export interface LoadAppOptions extends Stack {
  /** The project's root: every file is named relative to it. */
  readonly root: string;
  /** Relative to the root; `template.yaml` unless given. */
  readonly templateFile?: string;
  /** In a value, `${SIGNALBOX_ENDPOINT}` stands for the endpoint. */
  readonly parameterOverrides: Readonly<Record<string, string>>;
}

/**
 * Reads a SAM template once, with every file that it names, and answers what it says runs; or all that
 * is wrong with it, each problem with its file and line.
 */
export function loadApp(options: LoadAppOptions): Result<App> {
  const { root, templateFile = 'template.yaml' } = options;
  const file = posix.normalize(templateFile);
  const report = new Report();
  const files = new Files(root, posix.dirname(file), report);
  const text = files.read(file, undefined);
  const document =
    text === undefined ? undefined : parseDocument({ file, text, dialect: 'template' }, report);
  const template = document && readSections(document, report);
  if (template === undefined) return bad(...report.problems);

  const app = readApp(template, file, options, files, report);
  return report.problems.length === 0 ? ok(app) : bad(...report.problems);
}

function readApp(
  template: Template,
  file: string,
  options: LoadAppOptions,
  files: Files,
  report: Report,
): App {
  const { stackName, region, accountId, endpoint } = options;
  const overrides = withEndpoint(options.parameterOverrides, endpoint);
  const parameters = readParameters(template.parameters, overrides, file, report);
  const stack: Stack = { stackName, region, accountId, endpoint };
  const base = createConditionScope(template, parameters.nodes, stack, report);
  const isLive = ({ condition, place }: Resource): boolean =>
    condition === undefined || base.condition(condition, place) !== false;

  const expanded = expandTemplate(template, base, isLive);
  const identities = createIdentities(expanded, isLive, () => scope);
  const scope: Scope = { ...base, ref: identities.ref, attribute: identities.attribute };
  const logicalIds = new Set(expanded.map(({ logicalId }) => logicalId));
  checkReferences(template, { ...scope, logicalIds, conditions: template.conditions });
  const { resources, stackResources } = readResources(
    expanded.filter(isLive),
    identities,
    scope,
    files,
  );
  return {
    ...resources,
    stackName,
    stackId: stackIdOf(stack),
    region,
    accountId,
    parameters: parameters.texts,
    outputs: readOutputs(template.outputs, scope),
    resources: stackResources,
    sources: files.sources,
  };
}

function withEndpoint(
  overrides: Readonly<Record<string, string>>,
  endpoint: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(overrides).map(([name, value]) => [
      name,
      value.replaceAll('${SIGNALBOX_ENDPOINT}', endpoint),
    ]),
  );
}
