/** Nothing here is encrypted: keys protect data at rest, and what is kept lies on the user's own disk. */
const KEYS = 'nothing is encrypted';
const PERMISSIONS = 'permissions are not enforced';
const PAGES = 'the list comes in one page';

/**
 * Members of inputs that are read by nobody, or only kept and described, by service, and why it makes no difference. A member that
 * stands neither here nor among the refused ones, and that its service's source does not name, fails
 * the test beside the services.
 */
export const HARMLESS_MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  autoscaling: {
    AvailabilityZoneDistribution: 'instances are spread evenly',
    AvailabilityZoneIds: 'zones are known by name',
    Context: 'it is reserved by AWS',
    DefaultInstanceWarmup: 'there are no scaling policies',
    Operator: 'it names who manages the group',
    PlacementGroup: 'instances have no place',
    ServiceLinkedRoleARN: PERMISSIONS,
  },
  dynamodb: {
    NextToken: PAGES,
    OnDemandThroughput: 'capacity is not limited',
    ResourcePolicy: PERMISSIONS,
    SSESpecification: KEYS,
    TableClass: 'it changes what the table costs',
    WarmThroughput: 'capacity is not limited',
  },
  events: {
    DeadLetterConfig: 'a bus puts there what its key does not open, and nothing is encrypted',
    Force: 'there are no rules of other services',
    KmsKeyIdentifier: KEYS,
    LogConfig: 'logs need a delivery of CloudWatch Logs, which is not served',
  },
  logs: {
    entity: 'it relates logs to other telemetry',
    interleaved: 'AWS ignores it: events are always interleaved',
    kmsKeyId: KEYS,
    sequenceToken: 'AWS ignores it',
    unmask: 'nothing is masked',
  },
  monitoring: { StrictEntityValidation: 'metrics are related to no entity' },
  rds: { DeleteAutomatedBackups: 'there are no backups' },
  s3: {
    ACL: PERMISSIONS,
    GrantFullControl: PERMISSIONS,
    GrantRead: PERMISSIONS,
    GrantReadACP: PERMISSIONS,
    GrantWrite: PERMISSIONS,
    GrantWriteACP: PERMISSIONS,
    ObjectOwnership: PERMISSIONS,
    RequestPayer: 'nobody pays',
    SkipDestinationValidation: 'EventBridge is the only destination',
    SSEKMSEncryptionContext: KEYS,
    Token: 'object lock is switched on for any bucket with versions',
    UploadIdMarker: PAGES,
  },
  scheduler: {
    ClientToken: 'a name is taken once',
    KmsKeyArn: KEYS,
  },
  sns: {
    ReturnSubscriptionArn: 'the ARN is always returned',
  },
  ssm: { KeyId: KEYS },
  states: { encryptionConfiguration: KEYS },
};
