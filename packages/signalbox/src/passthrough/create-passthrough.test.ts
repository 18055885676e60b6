import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { createCallAws } from './call-aws.ts';
import { type CallAws, createPassthrough } from './create-passthrough.ts';
import { parsePassthrough } from './passthrough-target.ts';

const ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:quote';
const CALLER = { arn: 'arn:aws:iam::123456789012:role/x' };

function targetsOf(text: string) {
  const parsed = parsePassthrough(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

describe('parsePassthrough()', () => {
  test('takes functions and tables by name or ARN', () => {
    expect(targetsOf(`lambda:${ARN}, dynamodb:Prices`)).toEqual([
      { service: 'lambda', name: 'quote', region: 'eu-west-1' },
      { service: 'dynamodb', name: 'Prices', region: undefined },
    ]);
  });

  test.each([
    [
      's3:bucket',
      '--passthrough takes lambda:FUNCTION and dynamodb:TABLE, by name or ARN, not "s3:bucket"',
    ],
    [
      'quote',
      '--passthrough takes lambda:FUNCTION and dynamodb:TABLE, by name or ARN, not "quote"',
    ],
    [`dynamodb:${ARN}`, `"${ARN}" of --passthrough is no name or ARN of a table`],
    ['lambda:', '"" of --passthrough is no name or ARN of a function'],
  ])('refuses %s', (text, message) => {
    expect(parsePassthrough(text)).toEqual({ ok: false, problems: [{ message }] });
  });
});

describe('a passthrough', () => {
  const remarks: string[] = [];
  const calls: Parameters<CallAws>[] = [];
  const instead = createPassthrough({
    targets: targetsOf(`lambda:${ARN},dynamodb:Prices,dynamodb:Rates`),
    callAws: async (...call) => {
      calls.push(call);
      return { StatusCode: 200 };
    },
    onRemark: (line) => remarks.push(line),
  });

  test.each([
    ['lambda', { FunctionName: 'other' }],
    ['lambda', { FunctionName: 'quote2' }],
    ['lambda', {}],
    ['dynamodb', { TableName: 'Orders' }],
    ['states', { TableName: 'Prices' }],
  ])('leaves %s %j to the rehearsal', (service, input) => {
    expect(instead(service, 'Any', input)).toBeUndefined();
  });

  test.each([
    ['lambda', { FunctionName: 'quote' }, 'eu-west-1'],
    ['lambda', { FunctionName: ARN }, 'eu-west-1'],
    ['lambda', { FunctionName: `${ARN}:live` }, 'eu-west-1'],
    ['dynamodb', { TableName: 'Prices' }, undefined],
    ['dynamodb', { RequestItems: { Prices: {}, Rates: {} } }, undefined],
    ['dynamodb', { TransactItems: [{ Put: { TableName: 'Rates', Item: {} } }] }, undefined],
  ])('takes %s %j to AWS', async (service, input, region) => {
    calls.length = 0;

    const output = await instead(service, 'Any', input)?.(input, CALLER);

    expect(output).toEqual({ StatusCode: 200 });
    expect(calls).toEqual([[service, 'Any', input, region]]);
  });

  test('says once of each target that it is called', () => {
    expect(remarks).toEqual([
      'Any of lambda quote in eu-west-1 goes to AWS',
      'Any of dynamodb Prices goes to AWS',
      'Any of dynamodb Rates goes to AWS',
    ]);
  });

  test('refuses a call that names what is on AWS and what is not', async () => {
    const input = { RequestItems: { Prices: {}, Orders: {} } };

    await expect(async () =>
      instead('dynamodb', 'BatchGetItem', input)?.(input, CALLER),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Orders, which is rehearsed'),
    });
  });
});

describe('what calls AWS', () => {
  test('passes on what it answers and refuses, with AWS_ENDPOINT_URL left aside', async () => {
    const server = createServer((request, response) => {
      const isKnown = request.url?.includes('/quote/');
      response.setHeader('x-amzn-errortype', isKnown ? '' : 'ResourceNotFoundException');
      response.statusCode = isKnown ? 200 : 404;
      response.end(
        isKnown ? '{"price":3}' : '{"Type":"User","Message":"Function not found: gone"}',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: 'real',
      AWS_SECRET_ACCESS_KEY: 'real',
    });
    const instead = createPassthrough({
      targets: targetsOf('lambda:quote,lambda:gone'),
      callAws: createCallAws({
        profile: undefined,
        region: 'eu-west-1',
        endpoint: `http://127.0.0.1:${port}`,
      }),
      onRemark: () => undefined,
    });

    const found = await instead('lambda', 'Invoke', { FunctionName: 'quote' })?.(
      { FunctionName: 'quote' },
      CALLER,
    );
    const refused = instead('lambda', 'Invoke', { FunctionName: 'gone' })?.(
      { FunctionName: 'gone' },
      CALLER,
    );

    expect(found).toMatchObject({ StatusCode: 200 });
    await expect(refused).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: gone',
      fields: { Type: 'User' },
    });
    process.env = before;
    await new Promise((resolve) => server.close(resolve));
  });
});
