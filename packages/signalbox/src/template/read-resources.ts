import type { StackResource } from './app.ts';
import { assemble, type Contribution, type Resources } from './assemble.ts';
import { checkKeys } from './check-keys.ts';
import type { Node } from './document/node.ts';
import type { Files } from './files.ts';
import type { Identities, Named } from './identities.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { Scope } from './intrinsics/scope.ts';
import type { Resource } from './sections.ts';
import { PropertyReader } from './types/property-reader.ts';
import type { ResourceType } from './types/resource-type.ts';
import { resourceTypeOf } from './types/resource-types.ts';

/** The resources of a stack, as the app runs them and as the stack lists them. */
export interface ReadResources {
  readonly resources: Resources;
  readonly stackResources: readonly StackResource[];
}

/** Resolves and reads every resource of the expanded template that is created. */
export function readResources(
  live: readonly Resource[],
  identities: Identities,
  scope: Scope,
  files: Files,
): ReadResources {
  const contributions: Contribution[] = [];
  const stackResources: StackResource[] = [];
  for (const resource of live) {
    const type = resourceTypeOf(resource.type);
    const named = identities.of(resource);
    if (type === undefined || named === undefined) continue;
    contributions.push({
      name: named.name,
      parts: readResource(resource, type, named, scope, files),
    });
    stackResources.push({
      logicalId: resource.logicalId,
      physicalId: named.identity.physicalId,
      type: resource.type,
    });
  }
  checkNames(live, stackResources, scope);
  return { resources: assemble(contributions, scope.report), stackResources };
}

function readResource(
  resource: Resource,
  type: ResourceType,
  named: Named,
  scope: Scope,
  files: Files,
): Contribution['parts'] {
  const { report, stack } = scope;
  const what = `${resource.type} ${resource.logicalId}`;
  if (type.inert !== 'all') {
    const known = [...type.heeded, ...type.inert];
    const refused = type.refused === undefined ? {} : { refused: type.refused };
    checkKeys(resource.properties, { what, known, ...refused }, report);
  }
  const properties = resolved(resource.properties, scope, resource);
  const metadata = resolved(resource.metadata, scope, resource);
  const parts = type.read?.({
    resource,
    properties: new PropertyReader(properties, what, report),
    metadata: new PropertyReader(metadata, `Metadata of ${resource.logicalId}`, report),
    name: named.name,
    identity: named.identity,
    stack,
    files,
    report,
  });
  return parts ?? {};
}

function resolved(node: Node | undefined, scope: Scope, { place }: Resource): Node {
  return (node && resolve(node, scope)) ?? { kind: 'map', entries: [], place };
}

/** AWS refuses the second of two resources of one type and one name. */
function checkNames(
  live: readonly Resource[],
  stackResources: readonly StackResource[],
  { report }: Scope,
): void {
  const taken = new Map<string, string>();
  for (const { type, physicalId, logicalId } of stackResources) {
    if (resourceTypeOf(type)?.nameProperty === undefined) continue;
    const key = JSON.stringify([type, physicalId]);
    const other = taken.get(key);
    const place = live.find((resource) => resource.logicalId === logicalId)?.place;
    if (other !== undefined && place !== undefined) {
      report.at(place, `${logicalId} has the name of ${other}: give it one of its own`);
    }
    taken.set(key, logicalId);
  }
}
