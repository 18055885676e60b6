import type { StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

/** Names the schemas of this file where other services name an SDK package. */
export const STS_CLIENT = 'signalbox/sts';

const NAMESPACE = 'com.amazonaws.sts';

// Written after the model of AWS STS 2011-06-15; its SDK client is not among the dependencies.
const GetCallerIdentityRequest: StaticStructureSchema = [
  3,
  NAMESPACE,
  'GetCallerIdentityRequest',
  0,
  [],
  [],
];

const GetCallerIdentityResponse: StaticStructureSchema = [
  3,
  NAMESPACE,
  'GetCallerIdentityResponse',
  0,
  ['UserId', 'Account', 'Arn'],
  [0, 0, 0],
];

const GetCallerIdentity: StaticOperationSchema = [
  9,
  NAMESPACE,
  'GetCallerIdentity',
  0,
  () => GetCallerIdentityRequest,
  () => GetCallerIdentityResponse,
];

class StsClient {
  readonly config = {
    protocol: { getShapeId: () => 'aws.protocols#awsQuery' },
    protocolSettings: { xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
  };
}

/** The exports that an SDK package for AWS STS would have, as far as it is served. */
export const stsModule = { GetCallerIdentity$: GetCallerIdentity, StsClient };
