import { expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import { errorShapeOf } from './error-shape.ts';
import { loadModel } from './service-model.ts';

test.each([
  ['@aws-sdk/client-ssm', 'ParameterNotFound', 400],
  ['@aws-sdk/client-secrets-manager', 'ResourceNotFoundException', 400],
  ['@aws-sdk/client-sns', 'NotFoundException', 404],
  ['@aws-sdk/client-rds', 'DBClusterNotFoundFault', 404],
  ['@aws-sdk/client-lambda', 'ResourceNotFoundException', 404],
])('%s answers %s with %i', async (client, name, status) => {
  expect(errorShapeOf(new AwsError(name, ''), await loadModel(client))).toMatchObject({ status });
});
