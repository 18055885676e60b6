import type { RuleResource, TargetResource } from '../app.ts';
import { checkKeys } from '../check-keys.ts';
import { arnOf } from '../stack.ts';
import { busNameOf } from './bus-name.ts';
import type { PropertyReader } from './property-reader.ts';
import type { Naming, Reading, ResourceType } from './resource-type.ts';
import { refuseElsewhere } from './same-region.ts';

const TARGET_KEYS = [
  'Arn',
  'DeadLetterConfig',
  'HttpParameters',
  'Id',
  'Input',
  'InputPath',
  'InputTransformer',
  'RetryPolicy',
  'RoleArn',
  'SqsParameters',
];

/** AWS: EventBridge tries for 24 hours and 185 times where a target has no RetryPolicy. */
const DEFAULT_RETRY_ATTEMPTS = 185;
const DEFAULT_EVENT_AGE_SECONDS = 86_400;

export const rule: ResourceType = {
  type: 'AWS::Events::Rule',
  nameProperty: 'Name',
  maxNameLength: 64,
  supported: ['EventBusName', 'EventPattern', 'Name', 'ScheduleExpression', 'State', 'Targets'],
  inert: ['Description', 'RoleArn', 'Tags'],
  identify: (naming) => {
    const bus = busOf(naming);
    const path = bus === 'default' ? naming.name : `${bus}/${naming.name}`;
    // AWS: the id of a rule on a bus of one's own names the bus too.
    const id = bus === 'default' ? naming.name : `${bus}|${naming.name}`;
    return {
      physicalId: id,
      ref: id,
      attributes: { Arn: arnOf(naming.stack, 'events', `rule/${path}`) },
    };
  },
  read: (reading) => {
    const read = readRule(reading);
    const { eventBusName, logicalId } = read;
    const place = reading.properties.placeOf('EventBusName');
    return { rules: [read], busUses: [{ what: `Rule ${logicalId}`, eventBusName, place }] };
  },
};

function busOf({ text }: Naming): string {
  return busNameOf(text('EventBusName') ?? 'default');
}

function readRule({ resource, name, identity, properties, report, stack }: Reading): RuleResource {
  const eventPattern = properties.jsonObject('EventPattern');
  const scheduleExpression = properties.text('ScheduleExpression');
  const eventBusName = busNameOf(properties.text('EventBusName') ?? 'default');
  if (!properties.has('EventPattern') && !properties.has('ScheduleExpression')) {
    properties.refuse('EventPattern', 'it needs an EventPattern or a ScheduleExpression');
  }
  if (scheduleExpression !== undefined && eventBusName !== 'default') {
    const message = 'ScheduleExpression is supported only on the default event bus';
    properties.refuse('ScheduleExpression', message);
  }
  for (const target of properties.items('Targets')) {
    const what = `Target of rule ${resource.logicalId}`;
    checkKeys(target, { what, known: TARGET_KEYS }, report);
  }
  for (const target of properties.maps('Targets')) {
    const config = target.map('DeadLetterConfig');
    const message = 'the dead-letter queue of a target must be in the Region of the rule';
    refuseElsewhere(config, 'Arn', config.text('Arn'), stack, message);
  }
  return {
    logicalId: resource.logicalId,
    name,
    arn: identity.attributes['Arn'] ?? '',
    eventBusName,
    state: properties.choice('State', ['ENABLED', 'DISABLED'], 'ENABLED'),
    eventPattern,
    scheduleExpression,
    targets: properties.maps('Targets').map(readTarget),
    place: { file: resource.place.file, line: resource.place.line },
  };
}

function readTarget(target: PropertyReader): TargetResource {
  const inputs = ['Input', 'InputPath', 'InputTransformer'].filter((name) => target.has(name));
  if (inputs.length > 1) {
    const message =
      'only one of Input, InputPath, or InputTransformer must be provided for a target';
    target.refuse(inputs[1] ?? '', message);
  }
  const transformer = target.map('InputTransformer');
  const retries = target.map('RetryPolicy');
  const http = target.map('HttpParameters');
  return {
    id: target.requiredText('Id'),
    arn: target.requiredText('Arn'),
    roleArn: target.text('RoleArn'),
    input: target.text('Input'),
    inputPath: target.text('InputPath'),
    inputTransformer: target.has('InputTransformer')
      ? {
          inputPathsMap: transformer.record('InputPathsMap'),
          inputTemplate: transformer.requiredText('InputTemplate'),
        }
      : undefined,
    deadLetterArn: target.map('DeadLetterConfig').text('Arn'),
    messageGroupId: target.map('SqsParameters').text('MessageGroupId'),
    httpParameters: target.has('HttpParameters')
      ? {
          pathParameterValues: http.texts('PathParameterValues'),
          headerParameters: http.record('HeaderParameters'),
          queryStringParameters: http.record('QueryStringParameters'),
        }
      : undefined,
    maximumRetryAttempts: retries.number('MaximumRetryAttempts') ?? DEFAULT_RETRY_ATTEMPTS,
    maximumEventAgeSeconds: retries.number('MaximumEventAgeInSeconds') ?? DEFAULT_EVENT_AGE_SECONDS,
  };
}
