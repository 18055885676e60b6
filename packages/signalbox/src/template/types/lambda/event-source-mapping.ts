import { arnOf, stableUuid } from '../../stack.ts';
import type { ResourceType } from '../resource-type.ts';

export const eventSourceMapping: ResourceType = {
  type: 'AWS::Lambda::EventSourceMapping',
  supported: [
    'BatchSize',
    'Enabled',
    'EventSourceArn',
    'FunctionName',
    'FunctionResponseTypes',
    'ScalingConfig',
  ],
  inert: ['KmsKeyArn', 'LoggingConfig', 'MaximumBatchingWindowInSeconds', 'MetricsConfig', 'Tags'],
  refused: { FilterCriteria: 'it hands over every message: filter in the function' },
  identify: ({ stack, logicalId }) => {
    const id = stableUuid(stack, logicalId);
    return {
      physicalId: id,
      ref: id,
      attributes: {
        Id: id,
        EventSourceMappingArn: arnOf(stack, 'lambda', `event-source-mapping:${id}`),
      },
    };
  },
  read: ({ resource, properties, report }) => {
    const queueArn = properties.requiredText('EventSourceArn');
    if (queueArn !== '' && !/^arn:[\w-]+:sqs:/.test(queueArn)) {
      const message = `the rehearsal polls queues only: EventSourceArn must be a queue's ARN, not ${queueArn}`;
      const place = properties.placeOf('EventSourceArn');
      const subject = `${queueArn.split(':')[2] ?? 'other'} of functions`;
      report.unrehearsed(
        place,
        { kind: 'source', subject },
        `${resource.type} ${resource.logicalId}: ${message}`,
      );
      return {};
    }
    const batchSize = properties.number('BatchSize') ?? 10;
    if (batchSize < 1 || batchSize > 10_000) {
      properties.refuse('BatchSize', `BatchSize must be 1 to 10000, not ${batchSize}`);
    }
    const responses = properties.texts('FunctionResponseTypes');
    if (responses.some((response) => response !== 'ReportBatchItemFailures')) {
      properties.refuse(
        'FunctionResponseTypes',
        'FunctionResponseTypes knows ReportBatchItemFailures only',
      );
    }
    return {
      eventSourceMappings: [
        {
          logicalId: resource.logicalId,
          functionName: functionNameOf(properties.requiredText('FunctionName')),
          queueArn,
          batchSize,
          enabled: properties.flag('Enabled') ?? true,
          reportBatchItemFailures: responses.includes('ReportBatchItemFailures'),
          maximumConcurrency: properties.map('ScalingConfig').number('MaximumConcurrency'),
        },
      ],
    };
  },
};

/** The name of a function given by its name or its ARN. */
export function functionNameOf(nameOrArn: string): string {
  return /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}
