import { arnOf, stableDigits, stableUuid } from '../stack.ts';
import type { ResourceType } from './resource-type.ts';

export const connection: ResourceType = {
  type: 'AWS::Events::Connection',
  nameProperty: 'Name',
  maxNameLength: 64,
  supported: ['AuthParameters', 'AuthorizationType', 'Description', 'Name'],
  inert: ['KmsKeyIdentifier'],
  refused: { InvocationConnectivityParameters: 'it has no private APIs' },
  identify: ({ name, stack, logicalId }) => {
    const id = `${name}/${stableUuid(stack, logicalId)}`;
    const arn = arnOf(stack, 'events', `connection/${id}`);
    const digits = stableDigits(stack, 6, logicalId);
    const secret = `secret:events!connection/${id}-${digits}`;
    const SecretArn = arnOf(stack, 'secretsmanager', secret);
    return {
      physicalId: name,
      ref: name,
      attributes: { Arn: arn, ArnForPolicy: arn, SecretArn },
    };
  },
  read: ({ resource, name, identity, properties }) => ({
    connections: [
      {
        logicalId: resource.logicalId,
        name,
        arn: identity.attributes['Arn'] ?? '',
        secretArn: identity.attributes['SecretArn'] ?? '',
        description: properties.text('Description'),
        type: properties.choice(
          'AuthorizationType',
          ['API_KEY', 'BASIC', 'OAUTH_CLIENT_CREDENTIALS'],
          'API_KEY',
        ),
        parameters: properties.jsonObject('AuthParameters') ?? {},
      },
    ],
  }),
};
