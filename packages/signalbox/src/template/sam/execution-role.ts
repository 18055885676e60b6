import { nearest } from '../../core/nearest.ts';
import {
  listNode,
  type Node,
  type NodePlace,
  textNode,
  textOf,
  valueAt,
} from '../document/node.ts';
import { isIntrinsic } from '../document/tags.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import { MANAGED_POLICY_NAMES, managedPolicyArn } from '../types/aws-managed-policies.ts';
import { generate, inlinePolicy, trustOf } from './generate.ts';
import { nearestTemplate, policyOfTemplate } from './policy-template.ts';

/** The parts of an implicit role, besides the Policies property. */
export interface RoleOptions {
  /** Such as `lambda.amazonaws.com`. */
  readonly service: string;
  /** Names of AWS managed policies that SAM attaches. */
  readonly managed: readonly string[];
  /** Inline policies that SAM attaches. */
  readonly inline: readonly Node[];
}

/** Generates the role `<LogicalId>Role` that SAM makes of a resource's Policies. */
export function executionRole(
  owner: Resource,
  parts: RoleOptions,
  partition: string,
  report: Report,
): Resource {
  const { logicalId, properties, place } = owner;
  const roleId = `${logicalId}Role`;
  const arns: Node[] = parts.managed.flatMap(
    (name) => arnNode(name, partition, place, report) ?? [],
  );
  const documents: Node[] = [...parts.inline];
  const policies = valueAt(properties, 'Policies');
  for (const [index, policy] of policyItems(policies).entries()) {
    const document = isDocument(policy) ? policy : templateDocument(policy, logicalId, report);
    if (document !== undefined) {
      documents.push(inlinePolicy(`${roleId}Policy${index}`, document, policy.place));
    } else arns.push(...managedArns(policy, partition, report));
  }
  return generate(owner, roleId, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument:
      valueAt(properties, 'AssumeRolePolicyDocument') ?? trustOf(parts.service, place),
    Path: valueAt(properties, 'RolePath'),
    ManagedPolicyArns: listNode(distinct(arns), place),
    Policies: listNode(documents, place),
  });
}

/** A managed policy, by its name, its ARN, or a function that gives one. */
function managedArns(policy: Node, partition: string, report: Report): readonly Node[] {
  if (isCall(policy)) return [policy];
  const arn =
    policy.kind === 'scalar' && arnNode(textOf(policy) ?? '', partition, policy.place, report);
  return arn ? [arn] : [];
}

/** The document of a policy template: a map of its name and its parameters; undefined for anything else. */
function templateDocument(policy: Node, logicalId: string, report: Report): Node | undefined {
  if (policy.kind !== 'map' || isCall(policy)) return undefined;
  const [only] = policy.entries;
  const name = only?.key ?? 'an empty map';
  const document = only && policyOfTemplate(name, only.value, report);
  if (document !== undefined) return document;
  const advice = 'write its statements out, as exact actions on exact ARNs';
  const message = `${logicalId}: the rehearsal knows no policy template ${name}: ${advice}`;
  const remark = { kind: 'policy', subject: name } as const;
  report.unrehearsed(policy.place, remark, message, nearestTemplate(name));
  return undefined;
}

function policyItems(policies: Node | undefined): readonly Node[] {
  if (policies === undefined) return [];
  return policies.kind === 'list' ? policies.items : [policies];
}

function isDocument(policy: Node): boolean {
  return valueAt(policy, 'Statement') !== undefined;
}

function isCall(policy: Node): boolean {
  return (
    policy.kind === 'map' &&
    policy.entries.length === 1 &&
    isIntrinsic(policy.entries[0]?.key ?? '')
  );
}

function arnNode(
  name: string,
  partition: string,
  place: NodePlace,
  report: Report,
): Node | undefined {
  const arn = name.startsWith('arn:') ? name : managedPolicyArn(name, partition);
  if (arn !== undefined) return textNode(arn, place);
  const message = `The rehearsal does not know the AWS managed policy ${name}: write its statements out`;
  const suggestion = nearest(name, MANAGED_POLICY_NAMES);
  const remark = { kind: 'policy', subject: name } as const;
  if (!report.unrehearsed(place, remark, message, suggestion)) return { kind: 'broken', place };
  return undefined;
}

function distinct(arns: readonly Node[]): readonly Node[] {
  return arns.filter((arn, index) => {
    const text = textOf(arn);
    return text === undefined || arns.findIndex((other) => textOf(other) === text) === index;
  });
}
