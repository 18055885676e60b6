import { expect, test } from '@jest/globals';
import { jsonText } from '../../../core/exact-json/exact-number.ts';
import { readParquet } from './read-parquet.ts';

/** Three rows, written by hyparquet-writer with Snappy. */
const FILE =
  'UEFSMRUGFTQVKlwVBhUAFQYVABUEFQAAAAMHGAQBAAkBCQgkIAADAAAAAAAAABUGFSAVJFwVBhUCFQYVABUEFQAAAAMDDjQDAAAAQWRhAwAAAEJvYhUGFTQVMFwVBhUAFQYVABUEFQAAAAMHGAAABQEE+D8FBygAAEAAAAAAAADQPxUGFQYVClwVBhUAFQYVABUEFQAAAAMHAQAFFQYVJBUoXBUGFQIVBhUAFQQVAAAAAwMQPC6PqXybAQAAiIypfJsBAAAVBhUqFS5cFQYVAhUGFQAVBBUAAAADAxNICQAAAFsiYSIsImIiXQIAAABbXRUEGXxIBHJvb3QVDAAVBCUCGAJpZAAVDCUCGARuYW1lJQAAFQolAhgFcHJpY2UAFQAlAhgEcGFpZAAVBCUCGAJhdCUSABUMJQIYBHRhZ3MlJgAWBhkcGWwmCBwVBBkVABkYAmlkFQIWBhZeFlQmCDw2ACgIAQAAAAAAIAAYCAEAAAAAAAAAABkcFQYVABUCAAAAJlwcFQwZFQAZGARuYW1lFQIWBhZKFk4mXDw2AigDQm9iGANBZGEAGRwVBhUAFQIAAAAmqgEcFQoZFQAZGAVwcmljZRUCFgYWXhZaJqoBPDYAKAgAAAAAAAAAQBgIAAAAAAAA0D82AAAZHBUGFQAVAgAAACaEAhwVABkVABkYBHBhaWQVAhYGFjAWNCaEAjw2ACgBARgBAAAZHBUGFQAVAgAAACa4AhwVBBkVABkYAmF0FQIWBhZOFlImuAI8NgIoCC6PqXybAQAAGAiIjKl8mwEAAAAZHBUGFQAVAgAAACaKAxwVDBkVABkYBHRhZ3MVAhYGFlQWWCaKAzw2AigCW10YCVsiYSIsImIiXQAZHBUGFQAVAgAAABbYAxYGNtoDACgJaHlwYXJxdWV0GWwcAAAcAAAcAAAcAAAcAAAcAAAA0wEAAFBBUjE=';

const bytes = (): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(FILE, 'base64'));

test('reads rows as objects, whole numbers digit for digit', async () => {
  const rows = await readParquet(bytes(), 10);

  expect(rows.map((row) => jsonText(row))).toEqual([
    '{"id":1,"name":"Ada","price":1.5,"paid":true,"at":"2026-01-02T03:04:05.678Z","tags":["a","b"]}',
    '{"id":9007199254740993,"name":"Bob","price":2,"paid":false,"at":"2026-01-02T03:04:05.000Z","tags":[]}',
    '{"id":3,"name":null,"price":0.25,"paid":true,"at":null,"tags":null}',
  ]);
});

test('reads no more rows than are asked for', async () => {
  expect(await readParquet(bytes(), 1)).toHaveLength(1);
});

test('fails where the object is no Parquet file', async () => {
  const text = new TextEncoder().encode('id,name\n1,Ada\n');

  await expect(readParquet(text, 1)).rejects.toMatchObject({
    error: 'States.ItemReaderFailed',
    detail: expect.stringContaining('cannot be read as a Parquet file'),
  });
});
