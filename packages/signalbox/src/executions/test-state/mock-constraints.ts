import { ownMember } from '../../core/names/own-member.ts';
import type { OutputShape } from './output-shape.ts';

/** The constraints that AWS's model sets for a member beyond its type. */
export interface Constraint {
  readonly oneOf?: readonly string[];
  readonly minLength?: number;
  readonly min?: number;
  readonly max?: number;
}

type Constraints = Readonly<Record<string, Constraint>>;

const NONE: Constraints = {};

const STORAGE_CLASS: Constraint = {
  oneOf: [
    'STANDARD',
    'REDUCED_REDUNDANCY',
    'STANDARD_IA',
    'ONEZONE_IA',
    'INTELLIGENT_TIERING',
    'GLACIER',
    'DEEP_ARCHIVE',
    'OUTPOSTS',
    'GLACIER_IR',
    'SNOW',
    'EXPRESS_ONEZONE',
    'FSX_OPENZFS',
    'FSX_ONTAP',
  ],
};

const S3_ENCRYPTION: Constraint = { oneOf: ['AES256', 'aws:fsx', 'aws:kms', 'aws:kms:dsse'] };

const S3_OBJECT: Constraints = {
  StorageClass: STORAGE_CLASS,
  ServerSideEncryption: S3_ENCRYPTION,
  ReplicationStatus: { oneOf: ['COMPLETE', 'PENDING', 'FAILED', 'REPLICA', 'COMPLETED'] },
  ObjectLockMode: { oneOf: ['GOVERNANCE', 'COMPLIANCE'] },
  ObjectLockLegalHoldStatus: { oneOf: ['ON', 'OFF'] },
  RequestCharged: { oneOf: ['requester'] },
};

const FUNCTION: Constraints = {
  MemorySize: { min: 128, max: 10_240 },
  Timeout: { min: 1 },
  PackageType: { oneOf: ['Zip', 'Image'] },
  State: { oneOf: ['Pending', 'Active', 'Inactive', 'Failed', 'Deactivating', 'Deactivated'] },
  LastUpdateStatus: { oneOf: ['Successful', 'Failed', 'InProgress'] },
};

const EXECUTION: Constraints = {
  Status: { oneOf: ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'] },
  RedriveCount: { min: 0 },
  ExecutionArn: { minLength: 1 },
  StateMachineArn: { minLength: 1 },
  Name: { minLength: 1 },
};

/** By signing name and action; the members by their name, wherever they stand. AWS: the API references. */
const CONSTRAINTS: Readonly<Record<string, Constraints>> = {
  's3:GetObject': S3_OBJECT,
  's3:HeadObject': S3_OBJECT,
  's3:PutObject': S3_OBJECT,
  's3:CopyObject': S3_OBJECT,
  's3:ListObjectsV2': { StorageClass: STORAGE_CLASS, EncodingType: { oneOf: ['url'] } },
  'lambda:GetFunction': FUNCTION,
  'lambda:GetFunctionConfiguration': FUNCTION,
  'dynamodb:DescribeTable': {
    TableStatus: {
      oneOf: [
        'CREATING',
        'UPDATING',
        'DELETING',
        'ACTIVE',
        'INACCESSIBLE_ENCRYPTION_CREDENTIALS',
        'ARCHIVING',
        'ARCHIVED',
        'REPLICATION_NOT_AUTHORIZED',
      ],
    },
  },
  'states:StartExecution': EXECUTION,
  'states:DescribeExecution': EXECUTION,
  'kms:Encrypt': {
    CiphertextBlob: { minLength: 1 },
    KeyId: { minLength: 1 },
    EncryptionAlgorithm: {
      oneOf: ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'],
    },
  },
  'kms:Decrypt': { Plaintext: { minLength: 1 }, KeyId: { minLength: 1 } },
};

/** The constraints of an action's response beyond types. */
export function constraintsOf(service: string, action: string): Constraints {
  return ownMember(CONSTRAINTS, `${service}:${action}`) ?? NONE;
}

const TEXT: OutputShape = { kind: 'text' };

/** Responses of services that the rehearsal does not serve, and that workflows mock nevertheless. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  'kms:Encrypt': ['CiphertextBlob', 'KeyId', 'EncryptionAlgorithm'],
  'kms:Decrypt': ['Plaintext', 'KeyId', 'EncryptionAlgorithm', 'CiphertextForRecipient'],
};

/**
 * The shape of a response whose service has no model here; undefined where it is not known
 * either.
 */
export function knownShape(service: string, action: string): OutputShape | undefined {
  const names = ownMember(SHAPES, `${service}:${action}`);
  if (names === undefined) return undefined;
  const members = new Map(names.map((name) => [name, TEXT]));
  return { kind: 'structure', members: () => members, required: [] };
}
