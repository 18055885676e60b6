import { arnOf, stableUuid } from '../stack.ts';
import type { ResourceType } from './resource-type.ts';

export const apiDestination: ResourceType = {
  type: 'AWS::Events::ApiDestination',
  nameProperty: 'Name',
  maxNameLength: 64,
  supported: [
    'ConnectionArn',
    'Description',
    'HttpMethod',
    'InvocationEndpoint',
    'InvocationRateLimitPerSecond',
    'Name',
  ],
  inert: [],
  identify: ({ name, stack, logicalId }) => {
    const arn = arnOf(stack, 'events', `api-destination/${name}/${stableUuid(stack, logicalId)}`);
    return { physicalId: name, ref: name, attributes: { Arn: arn, ArnForPolicy: arn } };
  },
  read: ({ resource, name, identity, properties }) => ({
    apiDestinations: [
      {
        logicalId: resource.logicalId,
        name,
        arn: identity.attributes['Arn'] ?? '',
        description: properties.text('Description'),
        connectionArn: properties.requiredText('ConnectionArn'),
        endpoint: properties.requiredText('InvocationEndpoint'),
        method: properties.choice(
          'HttpMethod',
          ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
          'POST',
        ),
        rateLimit: properties.number('InvocationRateLimitPerSecond'),
      },
    ],
  }),
};
