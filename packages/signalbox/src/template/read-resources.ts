import type { Contribution } from './assemble.ts';
import { checkKeys } from './check-keys.ts';
import { checkProperties } from './check-properties.ts';
import type { Node, NodePlace } from './document/node.ts';
import type { Files } from './files.ts';
import type { Identities, Named } from './identities.ts';
import { stackIdOf } from './intrinsics/references.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { TemplateScope } from './intrinsics/scope.ts';
import type { Report } from './report.ts';
import type { Resource } from './sections.ts';
import type { StackResource } from './stack-resource.ts';
import { PropertyReader } from './types/property-reader.ts';
import type { ResourceType } from './types/resource-type.ts';
import { resourceTypeOf } from './types/resource-types.ts';

/** A resource that is created, with where it is declared. */
export interface PlacedResource extends StackResource {
  readonly place: NodePlace;
}

/** The resources of a stack, as the app runs them and as the stack lists them. */
export interface ReadResources {
  readonly contributions: readonly Contribution[];
  readonly resources: readonly PlacedResource[];
}

/** The context for reading the resources of one template. */
export interface ResourcesReading {
  readonly identities: Identities;
  readonly scope: TemplateScope;
  readonly files: Files;
  /** Logical ids of the nested stacks from the root on. */
  readonly path: readonly string[];
}

/** Resolves and reads every resource of the expanded template that is created. */
export function readResources(live: readonly Resource[], reading: ResourcesReading): ReadResources {
  const contributions: Contribution[] = [];
  const resources: PlacedResource[] = [];
  const stackId = stackIdOf(reading.scope.stack);
  for (const resource of live) {
    const { logicalId, place } = resource;
    const type = resourceTypeOf(resource.type);
    const named = reading.identities.of(resource);
    if (named === undefined) continue;
    const path = [...reading.path, logicalId].join('/');
    contributions.push({
      name: named.name,
      parts: readResource(resource, type, { ...reading, named, path }),
    });
    const { physicalId } = named.identity;
    resources.push({ logicalId, path, stackId, physicalId, type: resource.type, place });
  }
  return { contributions, resources };
}

/** AWS refuses the second of two resources of one type and one name, in one stack or in two. */
export function checkNames(resources: readonly PlacedResource[], report: Report): void {
  const taken = new Map<string, string>();
  for (const { type, physicalId, path, place } of resources) {
    if (resourceTypeOf(type).nameProperty === undefined) continue;
    const key = JSON.stringify([type, physicalId]);
    const other = taken.get(key);
    if (other !== undefined) {
      report.at(place, `${path} has the name of ${other}: give it one of its own`);
    }
    taken.set(key, path);
  }
}

interface ResourceReading {
  readonly named: Named;
  readonly path: string;
  readonly scope: TemplateScope;
  readonly files: Files;
}

function readResource(
  resource: Resource,
  type: ResourceType,
  { named, path, scope, files }: ResourceReading,
): Contribution['parts'] {
  const { report, stack } = scope;
  const what = `${resource.type} ${resource.logicalId}`;
  if (type.inert !== 'all') {
    const known = [...type.supported, ...type.inert];
    const refused = type.refused === undefined ? {} : { refused: type.refused };
    checkKeys(resource.properties, { what, known, ...refused }, report);
  }
  const properties = resolved(readable(resource.properties, type), scope, resource);
  const metadata = resolved(resource.metadata, scope, resource);
  const parts = type.read?.({
    resource,
    path,
    properties: new PropertyReader(properties, what, report),
    node: properties,
    metadata: new PropertyReader(metadata, `Metadata of ${resource.logicalId}`, report),
    name: named.name,
    identity: named.identity,
    stack,
    files,
    report,
  });
  checkProperties(resource.type, resource.properties, what, report);
  return parts ?? {};
}

/** Leaves out what the type resolves to nothing. */
function readable(properties: Node, { unresolved = [] }: ResourceType): Node {
  if (properties.kind !== 'map' || unresolved.length === 0) return properties;
  const entries = properties.entries.filter(({ key }) => !unresolved.includes(key));
  return { ...properties, entries };
}

function resolved(node: Node | undefined, scope: TemplateScope, { place }: Resource): Node {
  return (node && resolve(node, scope)) ?? { kind: 'map', entries: [], place };
}
