import { nearest } from '../core/nearest.ts';
import { httpApisOf } from './api/http-routes.ts';
import { restApisOf } from './api/rest-routes.ts';
import type { App, RoleResource, SourcePlace } from './app.ts';
import type { Report } from './report.ts';
import { managedStatements } from './types/aws-managed-policies.ts';
import type { AppAdditions } from './types/resource-type.ts';

/** The lists of an app that its resources fill. */
export type Resources = Omit<
  App,
  | 'stackName'
  | 'stackId'
  | 'region'
  | 'accountId'
  | 'parameters'
  | 'outputs'
  | 'nestedStacks'
  | 'resources'
  | 'sources'
  | 'remarks'
>;

/** A resource's contribution, by the name that others know it under. */
export interface Contribution {
  readonly name: string;
  readonly parts: AppAdditions;
}

/** Puts together what the resources bring, and checks that what they say of one another holds. */
export function assemble(contributions: readonly Contribution[], report: Report): Resources {
  const parts = contributions.map((contribution) => contribution.parts);
  const resources: Resources = {
    functions: functionsOf(parts),
    stateMachines: parts.flatMap((part) => part.stateMachines ?? []),
    activities: parts.flatMap((part) => part.activities ?? []),
    eventBuses: parts.flatMap((part) => part.eventBuses ?? []),
    archives: parts.flatMap((part) => part.archives ?? []),
    connections: parts.flatMap((part) => part.connections ?? []),
    apiDestinations: parts.flatMap((part) => part.apiDestinations ?? []),
    rules: parts.flatMap((part) => part.rules ?? []),
    scheduleGroups: parts.flatMap((part) => part.scheduleGroups ?? []),
    schedules: parts.flatMap((part) => part.schedules ?? []),
    queues: queuesOf(parts, report),
    topics: topicsOf(parts, report),
    tables: parts.flatMap((part) => part.tables ?? []),
    buckets: bucketsOf(parts),
    secrets: parts.flatMap((part) => part.secrets ?? []),
    ssmParameters: parts.flatMap((part) => part.ssmParameters ?? []),
    httpApis: httpApisOf(parts),
    restApis: restApisOf(parts),
    pipes: parts.flatMap((part) => part.pipes ?? []),
    eventSourceMappings: parts.flatMap((part) => part.eventSourceMappings ?? []),
    alarms: parts.flatMap((part) => part.alarms ?? []),
    compositeAlarms: parts.flatMap((part) => part.compositeAlarms ?? []),
    roles: rolesOf(contributions, parts, report),
    surroundings: parts.flatMap((part) => part.surroundings ?? []),
  };
  checkBuses(parts, resources.eventBuses, report);
  return resources;
}

function functionsOf(parts: readonly AppAdditions[]): App['functions'] {
  const invocations = parts.flatMap((part) => part.asyncInvocations ?? []);
  const layers = parts.flatMap((part) => part.layers ?? []);
  const qualifiers = parts.flatMap((part) => part.qualifiers ?? []);
  return parts.flatMap((part) =>
    (part.functions ?? []).map((own) => {
      const isOwn = ({ functionName }: { readonly functionName: string }): boolean =>
        functionName === own.name;
      const invocation = invocations.find(isOwn);
      const names = qualifiers.filter(isOwn).map(({ qualifier }) => qualifier);
      return {
        ...own,
        ...(invocation && { asyncInvocation: invocation.asyncInvocation }),
        ...(own.layers && {
          layers: own.layers.map((use) => layers.find(({ arn }) => arn === use.arn) ?? use),
        }),
        ...(names.length > 0 && { qualifiers: names }),
      };
    }),
  );
}

function queuesOf(parts: readonly AppAdditions[], report: Report): App['queues'] {
  const queues = parts.flatMap((part) => part.queues ?? []);
  const policies = parts.flatMap((part) => part.queuePolicies ?? []);
  for (const { queueUrl, place } of policies) {
    const isThere = queues.some(({ url }) => url === queueUrl);
    const message = `Queue ${queueUrl} is not in this template: name it by Ref`;
    if (!isThere) report.unrehearsed(place, elsewhere('a queue'), message);
  }
  return queues.map((queue) => {
    const policy = policies.findLast(({ queueUrl }) => queueUrl === queue.url);
    if (policy === undefined) return queue;
    return { ...queue, attributes: { ...queue.attributes, Policy: policy.policy } };
  });
}

/** The policy of a bucket of another stack is that stack's business. */
function bucketsOf(parts: readonly AppAdditions[]): App['buckets'] {
  const policies = parts.flatMap((part) => part.bucketPolicies ?? []);
  return parts
    .flatMap((part) => part.buckets ?? [])
    .map((bucket) => {
      const policy = policies.findLast(({ bucketName }) => bucketName === bucket.name)?.policy;
      return policy === undefined ? bucket : { ...bucket, policy };
    });
}

function topicsOf(parts: readonly AppAdditions[], report: Report): App['topics'] {
  const topics = parts.flatMap((part) => part.topics ?? []);
  const subscriptions = parts.flatMap((part) => part.subscriptions ?? []);
  for (const { topicArn, place } of subscriptions) {
    const isThere = topics.some(({ arn }) => arn === topicArn);
    const message = `Topic ${topicArn} is not in this template: name it by Ref`;
    if (!isThere) report.unrehearsed(place, elsewhere('a topic'), message);
  }
  return topics.map((topic) => ({
    ...topic,
    subscriptions: subscriptions
      .filter(({ topicArn }) => topicArn === topic.arn)
      .map(({ protocol, endpoint, attributes }) => ({ protocol, endpoint, attributes })),
  }));
}

function rolesOf(
  contributions: readonly Contribution[],
  parts: readonly AppAdditions[],
  report: Report,
): readonly RoleResource[] {
  const attachments = parts.flatMap((part) => part.attachments ?? []);
  const embedded = parts.flatMap((part) => part.statements ?? []);
  const policies = parts.flatMap((part) => part.managedPolicies ?? []);
  return contributions.flatMap(({ name, parts: own }) =>
    (own.roles ?? []).map((role) => {
      const attached = attachments
        .filter(({ roleName }) => roleName === name)
        .flatMap(({ policyArn, place }) => {
          const policy = policies.find(({ arn }) => arn === policyArn);
          return policy?.statements ?? knownStatements(policyArn, place, report);
        });
      const more = embedded.filter(({ roleName }) => roleName === name);
      return {
        ...role,
        statements: [...role.statements, ...attached, ...more.flatMap((one) => one.statements)],
      };
    }),
  );
}

function knownStatements(
  arn: string,
  place: SourcePlace,
  report: Report,
): RoleResource['statements'] {
  const statements = managedStatements(arn);
  if (statements !== undefined) return statements;
  const message = `The rehearsal does not know the managed policy ${arn}: write its statements out`;
  report.unrehearsed(place, { kind: 'policy', subject: arn.replace(/^.*\//, '') }, message);
  return [];
}

function checkBuses(
  parts: readonly AppAdditions[],
  eventBuses: App['eventBuses'],
  report: Report,
): void {
  const names = ['default', ...eventBuses.map(({ name }) => name)];
  for (const { what, eventBusName, place } of parts.flatMap((part) => part.busUses ?? [])) {
    if (eventBusName === '' || names.includes(eventBusName)) continue;
    const message = `${what} is on the bus ${eventBusName}, which is not in this template`;
    report.unrehearsed(place, elsewhere('an event bus'), message, nearest(eventBusName, names));
  }
}

function elsewhere(what: string) {
  return { kind: 'source', subject: `${what} of another stack` } as const;
}
