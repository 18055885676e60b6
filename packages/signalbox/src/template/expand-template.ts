import { nearest } from '../core/nearest.ts';
import { valueAt } from './document/node.ts';
import { chooseBranches } from './intrinsics/resolve.ts';
import type { TemplateScope } from './intrinsics/scope.ts';
import { expandServerless } from './sam/expand.ts';
import { mergeGlobals } from './sam/globals.ts';
import { implicitHttpApi } from './sam/http-api.ts';
import { implicitRestApi } from './sam/rest-api.ts';
import type { Resource, Template } from './sections.ts';
import { partitionOf } from './stack.ts';
import { TYPE_NAMES } from './types/resource-types.ts';

/** Turns a template's resources into those of the expanded template, with each `Fn::If` decided. */
export function expandTemplate(
  template: Template,
  scope: TemplateScope,
  isLive: (resource: Resource) => boolean,
): readonly Resource[] {
  const { report, stack } = scope;
  for (const { type, typePlace } of template.resources) {
    if (TYPE_NAMES.includes(type)) continue;
    const message = `The rehearsal knows no resource type ${type}`;
    report.unrehearsed(
      typePlace,
      { kind: 'type', subject: type },
      message,
      nearest(type, TYPE_NAMES),
    );
  }
  const implicit = implicitHttpApi(template.place);
  const implicitRest = implicitRestApi(template.place);
  const [implicitApi = implicit, restApi = implicitRest, ...resources] = mergeGlobals(
    template.globals,
    [implicit, implicitRest, ...template.resources],
    report,
  ).map((resource) => decide(resource, scope));
  const partition = partitionOf(stack.region);
  return expandServerless(resources, {
    report,
    partition,
    implicitApi,
    implicitRestApi: restApi,
    isLive,
  });
}

function decide(resource: Resource, scope: TemplateScope): Resource {
  const events = valueAt(resource.properties, 'Events');
  if (resource.type.startsWith('AWS::Serverless::') && valueAt(events, 'Fn::If') !== undefined) {
    const message = `${resource.logicalId}: SAM takes no Fn::If for Events: give the resource a Condition`;
    scope.report.at(events?.place ?? resource.place, message);
  }
  const properties = chooseBranches(resource.properties, scope);
  const metadata = resource.metadata && chooseBranches(resource.metadata, scope);
  return { ...resource, metadata, ...(properties?.kind === 'map' ? { properties } : {}) };
}
