import { posix } from 'node:path';
import type { Contribution } from './assemble.ts';
import { checkReferences } from './check-references.ts';
import { checkRules } from './check-rules.ts';
import { createConditionScope } from './condition-scope.ts';
import { isDefinition, templateOfDefinition } from './definition-template.ts';
import type { Node, NodePlace } from './document/node.ts';
import { expandTemplate } from './expand-template.ts';
import type { Files } from './files.ts';
import { expandLoops, hasLoop } from './for-each.ts';
import { createIdentities } from './identities.ts';
import { stackIdOf } from './intrinsics/references.ts';
import type { TemplateScope } from './intrinsics/scope.ts';
import { createNestedStacks } from './nested-stacks.ts';
import { type Outputs, readOutputs } from './outputs.ts';
import { type GivenParameters, readParameters } from './parameters.ts';
import { type PlacedResource, readResources } from './read-resources.ts';
import { Report } from './report.ts';
import { secretIn } from './secret-in.ts';
import { type Resource, readSections, type Template } from './sections.ts';
import { nestedStackOf, type Stack } from './stack.ts';
import { nestedStack } from './types/nested-stack.ts';

/** One template to read, as one stack. */
export interface StackReading {
  /** Relative to the project's root. */
  readonly file: string;
  /** The files of the templates that it is nested in. */
  readonly parents: readonly string[];
  /** Logical ids from the root on; none for the root. */
  readonly path: readonly string[];
  readonly stack: Stack;
  readonly given: GivenParameters;
  /** Named as the template in `file` names them. */
  readonly files: Files;
  readonly report: Report;
  /** The exports of all stacks that are read so far, by name. */
  readonly exports: Map<string, string>;
  /** The place where the template is named; undefined for the root. */
  readonly place?: NodePlace;
}

/** A stack as its template describes it, with those nested in it. */
export interface ReadStack {
  readonly path: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Outputs;
  readonly contributions: readonly Contribution[];
  readonly resources: readonly PlacedResource[];
  readonly nested: readonly ReadStack[];
}

/** Reads a template and those that it nests; undefined when it is no template at all. */
export function readStack(reading: StackReading): ReadStack | undefined {
  const { file, files, place, report, stack } = reading;
  const text = files.read(file, place);
  if (text === undefined || isUnfilled(text, file, report)) return undefined;
  const parsed = files.documents.parse({ file, text, dialect: 'template' }, report);
  const isAlone = place === undefined && parsed !== undefined && isDefinition(parsed);
  const document = isAlone ? templateOfDefinition(parsed, file, stack) : parsed;
  const template = document && readSections(withoutLoops(document, reading), report);
  return template && readTemplate(template, reading);
}

const PLACEHOLDER = /\{\{-?\s*cookiecutter\.[\w.]+|\{%-?\s*(if|for|set)\b.*cookiecutter/;

/** Reports the template of a template, which `sam init` has yet to fill in. */
function isUnfilled(text: string, file: string, report: Report): boolean {
  const line = text.split('\n').findIndex((one) => PLACEHOLDER.test(one)) + 1;
  if (line === 0) return false;
  const message =
    'This is a placeholder of cookiecutter: make a project of it with "sam init --location", and start that';
  report.at({ file, line }, message);
  return true;
}

/** Expands the loops by what the parameters and mappings say, whose problems are reported later. */
function withoutLoops(document: Node, { given, stack, report }: StackReading): Node {
  if (!hasLoop(document)) return document;
  const unheard = new Report(false);
  const template = readSections(document, unheard);
  if (template === undefined) return document;
  const parameters = readParameters(template.parameters, given, unheard);
  const scope = createConditionScope(
    { ...template, conditions: [] },
    parameters.nodes,
    stack,
    unheard,
  );
  return expandLoops(document, { ...scope, report });
}

function readTemplate(template: Template, reading: StackReading): ReadStack {
  const { stack, files, report, path } = reading;
  const parameters = readParameters(template.parameters, reading.given, report);
  const base = createConditionScope(template, parameters.nodes, stack, report);
  checkRules(template.rules, base);
  const isLive = ({ condition, place }: Resource): boolean =>
    condition === undefined || base.condition(condition, place) !== false;

  const expanded = expandTemplate(template, base, isLive);
  const nested = createNestedStacks({
    files,
    chain: [...reading.parents, reading.file],
    scopeOf: () => scope,
    read: (resource, file, given) => readStack(nestedReading(resource, file, given, reading)),
  });
  const identities = createIdentities(expanded, isLive, () => scope, nested.outputsOf);
  const scope: TemplateScope = {
    ...base,
    ref: identities.ref,
    attribute: identities.attribute,
    exported: (name) => reading.exports.get(name),
    include: (path, place) => includeFile(files.relative(path), place, files, report),
    secret: (service, key) =>
      secretIn(expanded.filter(isLive), { service, key }, identities, scope),
  };
  const logicalIds = new Set(expanded.map(({ logicalId }) => logicalId));
  checkReferences(template, { ...scope, logicalIds, conditions: template.conditions });
  const live = expanded.filter(isLive);
  return {
    path: path.join('/'),
    stackName: stack.stackName,
    stackId: stackIdOf(stack),
    parameters: parameters.texts,
    outputs: readOutputs(template.outputs, scope, reading.exports),
    ...readResources(live, { identities, scope, files, path }),
    nested: live
      .filter(({ type }) => type === nestedStack.type)
      .flatMap((resource) => nested.of(resource) ?? []),
  };
}

function nestedReading(
  resource: Resource,
  file: string,
  given: GivenParameters,
  parent: StackReading,
): StackReading {
  return {
    file,
    parents: [...parent.parents, parent.file],
    path: [...parent.path, resource.logicalId],
    stack: nestedStackOf(parent.stack, resource.logicalId),
    given,
    files: parent.files.in(posix.dirname(file)),
    report: parent.report,
    exports: parent.exports,
    place: resource.place,
  };
}

/** Reads a file that AWS::Include puts in. */
function includeFile(
  file: string,
  place: NodePlace,
  files: Files,
  report: Report,
): Node | undefined {
  const text = files.read(file, place);
  return text === undefined
    ? undefined
    : files.documents.parse({ file, text, dialect: 'template' }, report);
}
