import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../core/aws-error.ts';
import type { JsonObject } from '../../core/json.ts';
import { AMAZON_STATES_LANGUAGE } from '../amazon-states-language.ts';
import { createTestExecutions, ROLE_ARN } from '../test-executions.ts';

/** AWS: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';

/** Two columns and two rows, written by hyparquet-writer. */
const PARQUET =
  'UEFSMRUGFSQVKFwVBBUAFQQVABUEFQAAAAMDEDwBAAAAAAAAAAIAAAAAAAAAFQYVIBUkXBUEFQAVBBUAFQQVAAAAAwMONAMAAABBZGEDAAAAQm9iFQQZPEgEcm9vdBUEABUEJQIYAmlkABUMJQIYBG5hbWUlAAAWBBkcGSwmCBwVBBkVABkYAmlkFQIWBBZOFlImCDw2ACgIAgAAAAAAAAAYCAEAAAAAAAAAABkcFQYVABUCAAAAJlocFQwZFQAZGARuYW1lFQIWBBZKFk4mWjw2ACgDQm9iGANBZGEAGRwVBhUAFQIAAAAWmAEWBDagAQAoCWh5cGFycXVldBksHAAAHAAAALIAAABQQVIx';

const OBJECTS: Readonly<Record<string, Buffer>> = {
  'rows.parquet': Buffer.from(PARQUET, 'base64'),
  'unload-manifest.csv': Buffer.from('s3://shelf/part-1.gz\n"s3://shelf/part-2.gz"\n'),
  'part-1.gz': gzipSync('{"n":1}\n{"n":2}\n'),
  'part-2.gz': gzipSync('{"n":3}\n'),
  'unload-parquet.csv': Buffer.from('s3://shelf/rows.parquet\n'),
  'inventory.json': Buffer.from(
    JSON.stringify({
      destinationBucket: 'arn:aws:s3:::shelf',
      fileSchema: 'Bucket, Key',
      files: [{ key: 'inventory.csv.gz' }],
    }),
  ),
  'inventory.csv.gz': gzipSync('"shelf","a.txt"\n"shelf","b.txt"\n'),
  'no-manifest.csv': Buffer.from('file:///etc/passwd\n'),
};

/** Runs a Distributed Map over what a reader reads; returns how the execution ended. */
async function read(key: string, ReaderConfig: JsonObject): Promise<object> {
  const { states, executions } = createTestExecutions(
    {},
    {
      interpreter: AMAZON_STATES_LANGUAGE,
      call: async (_service, _action, input) => {
        const name = 'Key' in input ? String(input.Key) : '';
        const Body = OBJECTS[name];
        if (Body === undefined) throw new AwsError('NoSuchKey', `No such key: ${name}`);
        return { Body: new Uint8Array(Body) };
      },
    },
  );
  const definition = JSON.stringify({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig,
          Parameters: { Bucket: 'shelf', Key: key },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Same',
          States: { Same: { Type: 'Pass', End: true } },
        },
        End: true,
      },
    },
  });
  await states('CreateStateMachine', { name: 'orders', definition, roleArn: ROLE_ARN });
  const { executionArn } = await states('StartExecution', { stateMachineArn: ARN });
  await executions.ended(String(executionArn));
  return await states('DescribeExecution', { executionArn: String(executionArn) });
}

describe('an ItemReader', () => {
  test.each([
    [
      'rows of a Parquet file',
      'rows.parquet',
      { InputType: 'PARQUET' },
      '[{"id":1,"name":"Ada"},{"id":2,"name":"Bob"}]',
    ],
    [
      'as many rows as MaxItems',
      'rows.parquet',
      { InputType: 'PARQUET', MaxItems: 1 },
      '[{"id":1,"name":"Ada"}]',
    ],
    [
      'the files of a manifest of Athena, compressed',
      'unload-manifest.csv',
      { ManifestType: 'ATHENA_DATA', InputType: 'JSONL' },
      '[{"n":1},{"n":2},{"n":3}]',
    ],
    [
      'Parquet files of a manifest of Athena',
      'unload-parquet.csv',
      { ManifestType: 'ATHENA_DATA', InputType: 'PARQUET' },
      '[{"id":1,"name":"Ada"},{"id":2,"name":"Bob"}]',
    ],
    [
      'a compressed inventory',
      'inventory.json',
      { InputType: 'MANIFEST', ManifestType: 'S3_INVENTORY' },
      '[{"Bucket":"shelf","Key":"a.txt"},{"Bucket":"shelf","Key":"b.txt"}]',
    ],
  ])('reads %s', async (_name, key, config, output) => {
    expect(await read(key, config)).toMatchObject({ status: 'SUCCEEDED', output });
  });

  test.each([
    ['no-manifest.csv', { ManifestType: 'ATHENA_DATA', InputType: 'CSV' }],
    ['part-1.gz', { InputType: 'PARQUET' }],
    ['nothing', { InputType: 'PARQUET' }],
  ])('fails where %s cannot be read so', async (key, config) => {
    expect(await read(key, config)).toMatchObject({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
    });
  });
});
