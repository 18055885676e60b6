import { ownMember } from '../../core/names/own-member.ts';
import { checkKeys } from '../check-keys.ts';
import { mapNode, type Node, type NodePlace, textOf, valueAt } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';
import { allowDocument, generate, getAttNode, inlinePolicy, refNode } from './generate.ts';
import { calledQualifier } from './published.ts';

/** The resources that EventInvokeConfig expands to. */
export interface AsyncInvocation {
  readonly resources: readonly Resource[];
  readonly policies: readonly Node[];
}

/** The action that a destination's type needs of the role. */
const ACTIONS: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage',
  SNS: 'sns:Publish',
  Lambda: 'lambda:InvokeFunction',
  EventBridge: 'events:PutEvents',
};

/** Expands a function's EventInvokeConfig: retries and destinations of asynchronous calls. */
export function asyncInvocation(owner: Resource, report: Report): AsyncInvocation {
  const config = valueAt(owner.properties, 'EventInvokeConfig');
  if (config === undefined) return { resources: [], policies: [] };
  const id = `${owner.logicalId}EventInvokeConfig`;
  const known = ['DestinationConfig', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'];
  checkKeys(config, { what: `EventInvokeConfig of ${owner.logicalId}`, known }, report);

  const destinations = ['OnSuccess', 'OnFailure'].flatMap((outcome) => {
    const wanted = valueAt(valueAt(config, 'DestinationConfig'), outcome);
    return wanted === undefined
      ? []
      : [destination(owner, `${id}${outcome}`, outcome, wanted, report)];
  });
  const destinationConfig = Object.fromEntries(
    destinations.map(({ outcome, node }) => [outcome, node]),
  );
  const resource = generate(
    owner,
    id,
    'AWS::Lambda::EventInvokeConfig',
    {
      FunctionName: refNode(owner.logicalId, config.place),
      Qualifier: calledQualifier(owner, config.place),
      MaximumEventAgeInSeconds: valueAt(config, 'MaximumEventAgeInSeconds'),
      MaximumRetryAttempts: valueAt(config, 'MaximumRetryAttempts'),
      DestinationConfig: mapNode(destinationConfig, config.place),
    },
    config.place,
  );
  return {
    resources: [...destinations.flatMap(({ made }) => made), resource],
    policies: destinations.flatMap(({ policies }) => policies),
  };
}

interface Destination {
  readonly outcome: string;
  readonly node: Node;
  readonly made: readonly Resource[];
  readonly policies: readonly Node[];
}

/** SAM makes a queue or a topic where the template names no Destination. */
function destination(
  owner: Resource,
  id: string,
  outcome: string,
  wanted: Node,
  report: Report,
): Destination {
  const { place } = wanted;
  checkKeys(
    wanted,
    { what: `${outcome} of ${owner.logicalId}`, known: ['Destination', 'Type'] },
    report,
  );
  const type = textOf(valueAt(wanted, 'Type')) ?? '';
  const action = ownMember(ACTIONS, type);
  if (action === undefined) {
    report.at(
      place,
      `${outcome} of ${owner.logicalId} needs a Type of ${Object.keys(ACTIONS).join(', ')}`,
    );
  }
  const named = valueAt(wanted, 'Destination');
  const made = named === undefined ? madeDestination(owner, id, type, place) : undefined;
  if (named === undefined && made === undefined && action !== undefined) {
    report.at(
      place,
      `${outcome} of ${owner.logicalId}: Destination is required if Type is not SQS or SNS`,
    );
  }
  const arn = named ?? made?.arn ?? { kind: 'broken', place };
  const policies =
    action === undefined
      ? []
      : [inlinePolicy(`${id}Policy`, allowDocument([action], arn, place), place)];
  return {
    outcome,
    node: mapNode({ Destination: arn }, place),
    made: made?.resources ?? [],
    policies,
  };
}

function madeDestination(
  owner: Resource,
  id: string,
  type: string,
  place: NodePlace,
): { readonly arn: Node; readonly resources: readonly Resource[] } | undefined {
  if (type === 'SQS') {
    const queue = generate(owner, `${id}Queue`, 'AWS::SQS::Queue', {}, place);
    return { arn: getAttNode(queue.logicalId, 'Arn', place), resources: [queue] };
  }
  if (type === 'SNS') {
    const topic = generate(owner, `${id}Topic`, 'AWS::SNS::Topic', {}, place);
    return { arn: refNode(topic.logicalId, place), resources: [topic] };
  }
  return undefined;
}

/** The inline policy that SAM gives the role of a function with a DeadLetterQueue. */
export function deadLetterPolicy(
  { logicalId, properties }: Resource,
  report: Report,
): readonly Node[] {
  const queue = valueAt(properties, 'DeadLetterQueue');
  if (queue === undefined) return [];
  checkKeys(
    queue,
    { what: `DeadLetterQueue of ${logicalId}`, known: ['TargetArn', 'Type'] },
    report,
  );
  const type = textOf(valueAt(queue, 'Type'));
  const arn = valueAt(queue, 'TargetArn');
  if (arn === undefined || (type !== 'SQS' && type !== 'SNS')) {
    report.at(
      queue.place,
      `DeadLetterQueue of ${logicalId} needs a TargetArn, and a Type of SQS or SNS`,
    );
    return [];
  }
  const document = allowDocument(
    [type === 'SQS' ? 'sqs:SendMessage' : 'sns:Publish'],
    arn,
    queue.place,
  );
  return [inlinePolicy('DeadLetterQueuePolicy', document, queue.place)];
}
