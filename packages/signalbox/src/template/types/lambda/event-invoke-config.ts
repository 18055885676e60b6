import type { PropertyReader } from '../property-reader.ts';
import type { ResourceType } from '../resource-type.ts';
import { functionNameOf } from './event-source-mapping.ts';

/** AWS: Lambda tries an asynchronous call twice more, and keeps its event for six hours. */
const DEFAULT_RETRY_ATTEMPTS = 2;
const DEFAULT_EVENT_AGE_SECONDS = 21_600;

export const eventInvokeConfig: ResourceType = {
  type: 'AWS::Lambda::EventInvokeConfig',
  supported: [
    'DestinationConfig',
    'FunctionName',
    'MaximumEventAgeInSeconds',
    'MaximumRetryAttempts',
    'Qualifier',
  ],
  inert: [],
  identify: ({ name }) => ({ physicalId: name, ref: name, attributes: {} }),
  read: ({ properties }) => ({
    asyncInvocations: [
      {
        functionName: functionNameOf(properties.requiredText('FunctionName')),
        asyncInvocation: {
          maximumRetryAttempts: properties.number('MaximumRetryAttempts') ?? DEFAULT_RETRY_ATTEMPTS,
          maximumEventAgeSeconds:
            properties.number('MaximumEventAgeInSeconds') ?? DEFAULT_EVENT_AGE_SECONDS,
          onSuccessArn: destinationOf(properties, 'OnSuccess'),
          onFailureArn: destinationOf(properties, 'OnFailure'),
        },
      },
    ],
  }),
};

function destinationOf(properties: PropertyReader, outcome: string): string | undefined {
  return properties.map('DestinationConfig').map(outcome).text('Destination');
}
