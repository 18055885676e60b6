import { nearest } from '../core/nearest.ts';
import { type Node, type NodePlace, textNode, textOf, valueAt } from './document/node.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { TemplateScope } from './intrinsics/scope.ts';
import type { Outputs } from './outputs.ts';
import { referredId } from './sam/referable.ts';
import type { Resource } from './sections.ts';
import { type Stack, stableDigits } from './stack.ts';
import { nestedStack } from './types/nested-stack.ts';
import type { Identity, Naming, ResourceType } from './types/resource-type.ts';
import { resourceTypeOf } from './types/resource-types.ts';
import { otherAttribute } from './types/unknown-type.ts';

/** A resource's name, and what the rest of the template sees of it. */
export interface Named {
  readonly name: string;
  readonly identity: Identity;
}

/** The part of a scope that resources resolve. */
export interface Identities extends Pick<TemplateScope, 'ref' | 'attribute'> {
  /** Undefined when its problem is reported. */
  of(resource: Resource): Named | undefined;
}

/**
 * Names the resources, each when it is first asked for, so that names may refer to one another.
 * `outputsOf` gives the attributes of a nested stack; undefined when it has problems of its own.
 */
export function createIdentities(
  resources: readonly Resource[],
  isLive: (resource: Resource) => boolean,
  scopeOf: () => TemplateScope,
  outputsOf: (resource: Resource) => Outputs | undefined,
): Identities {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const named = new Map<string, Named | undefined>();
  const underWay: string[] = [];

  function of(resource: Resource): Named | undefined {
    const { logicalId, type, place } = resource;
    if (named.has(logicalId)) return named.get(logicalId);
    if (underWay.includes(logicalId)) {
      const circle = underWay.slice(underWay.indexOf(logicalId)).join(', ');
      scopeOf().report.at(place, `Circular dependency between the names of resources: ${circle}`);
      return undefined;
    }
    underWay.push(logicalId);
    const result = nameResource(resource, resourceTypeOf(type), scopeOf());
    underWay.pop();
    named.set(logicalId, result);
    return result;
  }

  function find(logicalId: string, place: NodePlace): Resource | undefined {
    const { report } = scopeOf();
    const resource = byId.get(logicalId);
    if (resource === undefined)
      reportUnknownResource(scopeOf(), logicalId, place, [...byId.keys()]);
    else if (!isLive(resource)) {
      const condition = resource.condition ?? '';
      report.at(place, `${logicalId} is not created: its condition ${condition} is false`);
    } else return resource;
    return undefined;
  }

  return {
    of,
    ref: (name, place) => {
      const resource = find(referredId(name, byId.keys()), place);
      const found = resource && of(resource);
      return found ? textNode(found.identity.ref, place) : { kind: 'broken', place };
    },
    attribute: (logicalId, attribute, place) => {
      const resource = find(logicalId, place);
      const found = resource && of(resource);
      if (resource === undefined || found === undefined) return { kind: 'broken', place };
      const attributes =
        resource.type === nestedStack.type
          ? outputsOf(resource)
          : new Map(Object.entries(found.identity.attributes));
      // A stack whose template is not here, which is said where it is named.
      if (attributes === undefined) {
        return textNode(otherAttribute(attribute, found.name, found.identity.ref), place);
      }
      if (!attributes.has(attribute))
        return otherAttributeOf({ resource, attribute, found, place }, attributes, scopeOf());
      const value = attributes.get(attribute);
      return value === undefined ? { kind: 'broken', place } : textNode(value, place);
    },
  };
}

/** Reports a name that is neither a parameter nor a resource. */
export function reportUnknownResource(
  { report, parameters }: Pick<TemplateScope, 'report' | 'parameters'>,
  name: string,
  place: NodePlace,
  logicalIds: readonly string[],
): void {
  const message = `${name} is neither a parameter nor a resource of this template`;
  report.missing(place, message, name, [...parameters.keys(), ...logicalIds]);
}

interface AttributeUse {
  readonly resource: Resource;
  readonly attribute: string;
  readonly found: Named;
  readonly place: NodePlace;
}

/** An attribute that is not in the list of the type: made up where the rehearsal takes what it does not know. */
function otherAttributeOf(
  { resource, attribute, found, place }: AttributeUse,
  known: ReadonlyMap<string, unknown>,
  { report }: TemplateScope,
): Node {
  const { type, logicalId } = resource;
  const { identity, name } = found;
  if (identity.attributeOf !== undefined) return textNode(identity.attributeOf(attribute), place);
  const names = [...known.keys()];
  const suggestion = nearest(attribute, names) ?? names.join(', ');
  const hint = suggestion === '' ? 'it has none' : `did you mean ${suggestion}?`;
  const message = `${logicalId} is of type ${type}, which has no attribute ${attribute}: ${hint}`;
  const remark = { kind: 'value', subject: `${attribute} of ${type}` } as const;
  if (!report.unrehearsed(place, remark, message)) return { kind: 'broken', place };
  const arn = identity.attributes['Arn'] ?? identity.ref;
  return textNode(otherAttribute(attribute, name, arn), place);
}

function nameResource(resource: Resource, type: ResourceType, scope: TemplateScope): Named {
  const { stack } = scope;
  const text = (property: string): string | undefined => {
    const node = valueAt(resource.properties, property);
    return textOf(node && resolve(node, scope));
  };
  const explicit = type.nameProperty === undefined ? undefined : text(type.nameProperty);
  const name = explicit ?? generatedName(resource, stack, type.maxNameLength ?? 255);
  const naming: Naming = { logicalId: resource.logicalId, stack, name, text };
  return { name, identity: type.identify(naming) };
}

/** As much of a stack's name as stays at the front of a name that is cut. */
const STACK_PART = 24;

/**
 * A name beyond AWS's limit loses the end of the stack's name first, and ends in digits that keep it apart from
 * others; so does any name of a stack that is set apart: buckets and roles share their names with all Regions.
 */
function generatedName({ logicalId }: Resource, stack: Stack, limit: number): string {
  const { stackName } = stack;
  const name = `${stackName}-${logicalId}`;
  if (stack.namesApart === undefined && name.length <= limit) return name;
  const room = limit - 10;
  const kept = stackName.slice(0, Math.max(STACK_PART, room - logicalId.length));
  return `${kept}-${logicalId.slice(0, room - kept.length)}-${stableDigits(stack, 8, logicalId)}`;
}
