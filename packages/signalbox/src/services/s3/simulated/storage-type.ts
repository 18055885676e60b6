import { ownMember } from '../../../core/names/own-member.ts';
/** AWS: "Amazon S3 CloudWatch dimensions": the values of `StorageType` for BucketSizeBytes. */
export const STORAGE_TYPES = [
  'StandardStorage',
  'IntelligentTieringFAStorage',
  'IntelligentTieringIAStorage',
  'IntelligentTieringAIAStorage',
  'IntelligentTieringAAStorage',
  'IntelligentTieringDAAStorage',
  'StandardIAStorage',
  'StandardIASizeOverhead',
  'OneZoneIAStorage',
  'OneZoneIASizeOverhead',
  'ReducedRedundancyStorage',
  'GlacierInstantRetrievalStorage',
  'GlacierIRSizeOverhead',
  'GlacierStorage',
  'GlacierStagingStorage',
  'GlacierObjectOverhead',
  'GlacierS3ObjectOverhead',
  'DeepArchiveStorage',
  'DeepArchiveObjectOverhead',
  'DeepArchiveS3ObjectOverhead',
  'DeepArchiveStagingStorage',
] as const;

export type StorageType = (typeof STORAGE_TYPES)[number];

const TYPE_OF_CLASS: Readonly<Record<string, StorageType>> = {
  REDUCED_REDUNDANCY: 'ReducedRedundancyStorage',
  STANDARD_IA: 'StandardIAStorage',
  ONEZONE_IA: 'OneZoneIAStorage',
  INTELLIGENT_TIERING: 'IntelligentTieringFAStorage',
  GLACIER_IR: 'GlacierInstantRetrievalStorage',
  GLACIER: 'GlacierStorage',
  DEEP_ARCHIVE: 'DeepArchiveStorage',
};

/** Says under which type CloudWatch counts an object of a storage class. */
export function storageTypeOf(storageClass: string): StorageType {
  return ownMember(TYPE_OF_CLASS, storageClass) ?? 'StandardStorage';
}
