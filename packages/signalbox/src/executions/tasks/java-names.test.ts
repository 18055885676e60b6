import { describe, expect, test } from '@jest/globals';
import { javaExceptionName, javaMemberName } from './java-names.ts';

describe('the names of the SDK for Java 2', () => {
  test.each([
    ['DBClusterIdentifier', 'DbClusterIdentifier'],
    ['DBClusters', 'DbClusters'],
    ['SSEKMSKeyId', 'SsekmsKeyId'],
    ['ETag', 'ETag'],
    ['ARN', 'Arn'],
    ['BOOL', 'Bool'],
    ['stateMachineArn', 'StateMachineArn'],
    ['TableName', 'TableName'],
    ['IAMDatabaseAuthenticationEnabled', 'IamDatabaseAuthenticationEnabled'],
    ['S', 'S'],
  ])('%s is the member %s', (name, expected) => {
    expect(javaMemberName(name)).toBe(expected);
  });

  test.each([
    ['DBClusterNotFoundFault', 'DbClusterNotFoundException'],
    ['ResourceNotFoundException', 'ResourceNotFoundException'],
    ['NoSuchKey', 'NoSuchKeyException'],
    ['InvalidDBClusterStateFault', 'InvalidDbClusterStateException'],
    ['KMSKeyNotAccessibleFault', 'KmsKeyNotAccessibleException'],
    ['QueueDoesNotExist', 'QueueDoesNotExistException'],
  ])('%s is the error %s', (shape, expected) => {
    expect(javaExceptionName(shape)).toBe(expected);
  });
});
