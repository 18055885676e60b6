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
    if (isDocument(policy)) {
      documents.push(inlinePolicy(`${roleId}Policy${index}`, policy, policy.place));
    } else if (policy.kind === 'scalar') {
      const arn = arnNode(textOf(policy) ?? '', partition, policy.place, report);
      if (arn !== undefined) arns.push(arn);
    } else if (isCall(policy)) {
      arns.push(policy);
    } else if (policy.kind === 'map') {
      const name = policy.entries[0]?.key ?? 'an empty map';
      const advice = 'write its statements out, as exact actions on exact ARNs';
      const message = `${logicalId}: the rehearsal knows no policy template ${name}: ${advice}`;
      report.unrehearsed(policy.place, { kind: 'policy', subject: name }, message);
    }
  }
  return generate(owner, roleId, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument:
      valueAt(properties, 'AssumeRolePolicyDocument') ?? trustOf(parts.service, place),
    Path: valueAt(properties, 'RolePath'),
    ManagedPolicyArns: listNode(distinct(arns), place),
    Policies: listNode(documents, place),
  });
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
