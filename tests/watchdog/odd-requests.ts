/** A request over plain HTTP: what an SDK would not send too. */
export interface OddRequest {
  readonly name: string;
  /** The signing name. */
  readonly service: string;
  /** Such as `AWSEvents.PutRule`; of REST and Query requests none. */
  readonly target?: string;
  readonly method?: 'PUT';
  readonly path?: string;
  readonly body: string | Uint8Array;
  readonly contentType?: string;
}

const FORM = 'application/x-www-form-urlencoded';
const ROLE = 'arn:aws:iam::123456789012:role/odd';
const MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine';
const many = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('');
const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

function machine(name: string, StartAt: string, States: object, more: object = {}): OddRequest {
  const definition = JSON.stringify({ StartAt, States, ...more });
  return json('states', 'AWSStepFunctions.CreateStateMachine', `create ${name}`, {
    ...{ name, definition, roleArn: ROLE },
  });
}

function execution(name: string, input: string): OddRequest {
  return json('states', 'AWSStepFunctions.StartExecution', `start ${name}`, {
    ...{ stateMachineArn: `${MACHINE}:${name}`, input },
  });
}

function json(service: string, target: string, name: string, input: object): OddRequest {
  return { name, service, target, body: JSON.stringify(input) };
}

function jsonata(name: string, Output: string): OddRequest {
  const States = { Odd: { Type: 'Pass', Output, End: true } };
  return machine(name, 'Odd', States, { QueryLanguage: 'JSONata' });
}

const ITERATION = { StartAt: 'Each', States: { Each: { Type: 'Pass', End: true } } };

const item = (at: number): object => ({
  PutRequest: { Item: { id: { S: `${at}` }, text: { S: 'x'.repeat(300) } } },
});
const nulls = (count: number): readonly object[] =>
  Array.from({ length: count }, () => ({ NULL: true }));
const named = (count: number): [string, object][] =>
  Array.from({ length: count }, (_, at) => [`k${at}`, { N: '1' }]);
const base64Of = (_: unknown, at: number): string => Buffer.from(`${at}`).toString('base64');
const KEYS = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
const rule = (at: number): string =>
  `<Rule><ID>r${at}</ID><Status>Enabled</Status><Filter><And><Prefix>p${at}/</Prefix><Tag><Key>k</Key><Value>${at}</Value></Tag></And></Filter><Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition><Expiration><Days>400</Days></Expiration></Rule>`;
const metric = (at: number): object => ({
  Id: `m${at}`,
  MetricStat: { Metric: { Namespace: 'Odd', MetricName: `m${at}` }, Period: 60, Stat: 'Sum' },
});
const dynamodb = (action: string, name: string, input: object): OddRequest =>
  json('dynamodb', `DynamoDB_20120810.${action}`, name, { TableName: 'odd', ...input });
const events = (action: string, name: string, input: object): OddRequest =>
  json('events', `AWSEvents.${action}`, name, input);

/** Requests that are long, deep or costly, each of which once held up everybody or may have; in their order. */
export const ODD_REQUESTS: readonly OddRequest[] = [
  dynamodb('CreateTable', 'a table', { ...KEYS, BillingMode: 'PAY_PER_REQUEST' }),
  ...Array.from({ length: 40 }, (_, batch) =>
    json('dynamodb', 'DynamoDB_20120810.BatchWriteItem', 'a batch of items', {
      RequestItems: { odd: Array.from({ length: 25 }, (__, at) => item(batch * 25 + at)) },
    }),
  ),
  dynamodb('Scan', 'a scan of 1,000 items', {}),
  dynamodb('Scan', 'nested parentheses', {
    FilterExpression: `${'('.repeat(60)}a = :a${')'.repeat(60)}`,
    ExpressionAttributeValues: { ':a': { S: 'x' } },
  }),
  dynamodb('Scan', 'eleven conditions, each in the parentheses of the next', {
    FilterExpression: `${'('.repeat(10)}a0 = :a${many(10, (at) => `) AND a${at + 1} = :a`)}`,
    ExpressionAttributeValues: { ':a': { S: 'x' } },
  }),
  dynamodb('PutItem', 'an item of 300,000 attributes', {
    Item: Object.fromEntries(named(300_000)),
  }),
  dynamodb('PutItem', 'an item of 190,000 attributes', {
    Item: Object.fromEntries(named(190_000)),
  }),
  dynamodb('PutItem', 'an item with a list of 100,000 values', {
    Item: { id: { S: 'list' }, list: { L: nulls(100_000) } },
  }),
  dynamodb('PutItem', 'an item with a list of 60,000 values of bytes', {
    Item: {
      id: { S: 'bytes' },
      list: { L: Array.from({ length: 60_000 }, () => ({ B: 'AA==' })) },
    },
  }),
  dynamodb('PutItem', 'an item with a set of 20,000 bytes', {
    Item: { id: { S: 'set' }, set: { BS: Array.from({ length: 20_000 }, base64Of) } },
  }),
  dynamodb('PutItem', 'an item with a map of 20,000 names', {
    Item: { id: { S: 'map' }, map: { M: Object.fromEntries(named(20_000)) } },
  }),
  dynamodb('UpdateItem', 'a value of 100,000 values', {
    Key: { id: { S: 'list' } },
    UpdateExpression: 'SET list = :list',
    ExpressionAttributeValues: { ':list': { L: nulls(100_000) } },
  }),
  json('dynamodb', 'DynamoDB_20120810.BatchWriteItem', 'a batch of 40,000 requests', {
    RequestItems: { odd: Array.from({ length: 40_000 }, (_, at) => item(at)) },
  }),
  dynamodb('PutItem', 'an item that is too deep', {
    Item: { id: { S: 'a' }, deep: JSON.parse(`${'{"L":['.repeat(60)}${']}'.repeat(60)}`) },
  }),
  { name: 'a bucket', service: 's3', method: 'PUT', path: '/odd-bucket', body: '' },
  {
    ...{ name: 'an object of 8 MB', service: 's3', method: 'PUT', path: '/odd-bucket/large' },
    body: new Uint8Array(8_000_000),
  },
  {
    ...{ name: 'a deletion of 200,000 keys', service: 's3', path: '/odd-bucket?delete' },
    body: `<Delete>${'<Object><Key>k</Key></Object>'.repeat(200_000)}</Delete>`,
  },
  {
    ...{ name: 'entities of entities', service: 's3', path: '/odd-bucket?delete' },
    body: `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${many(9, (at) => `<!ENTITY a${at} "${`&a${at || ''};`.repeat(10)}">`)}]><Delete><Object><Key>&a8;</Key></Object></Delete>`,
  },
  {
    ...{ name: 'a lifecycle of 1,000 rules', service: 's3', method: 'PUT' },
    ...{
      path: '/odd-bucket?lifecycle',
      body: `<LifecycleConfiguration>${many(1000, rule)}</LifecycleConfiguration>`,
    },
  },
  { name: 'a path of dots', service: 's3', path: `/${'../'.repeat(2000)}`, body: '' },
  {
    ...{ name: 'a form of 60,000 members', service: 'monitoring', contentType: FORM },
    body: `Action=PutMetricData&Version=2010-08-01&Namespace=n${many(60_000, (at) => `&MetricData.member.${at}.Value=1`)}`,
  },
  {
    ...{ name: 'a message of 8 MB', service: 'sns', contentType: FORM },
    body: `Action=Publish&Version=2010-03-31&Message=${'%41'.repeat(2_700_000)}`,
  },
  json('monitoring', 'GraniteServiceVersion20100801.GetMetricData', '500 metrics of a day', {
    StartTime: 1_767_225_600,
    EndTime: 1_767_312_000,
    MetricDataQueries: Array.from({ length: 500 }, (_, at) => metric(at)),
  }),
  events('PutEvents', 'a deep event', {
    Entries: [{ Source: 'odd', DetailType: 'odd', Detail: `{"a":${deep(5000)}}` }],
  }),
  events('TestEventPattern', 'wildcards over a long text', {
    EventPattern: JSON.stringify({ detail: { a: [{ wildcard: '*a*a*a*a*b' }] } }),
    Event: JSON.stringify({
      ...{ id: '1', account: '1', source: 's', time: '2026-01-01T00:00:00Z', region: 'r' },
      ...{ resources: [], 'detail-type': 'd', detail: { a: 'a'.repeat(200_000) } },
    }),
  }),
  events('PutRule', 'a pattern of 200 wildcards', {
    Name: 'odd',
    EventPattern: JSON.stringify({ source: [{ wildcard: '*a'.repeat(200) }] }),
  }),
  machine(
    'odd-long',
    'S0',
    Object.fromEntries(
      Array.from({ length: 1500 }, (_, at) => [`S${at}`, { Type: 'Pass', Next: `S${at + 1}` }]),
    ),
  ),
  machine('odd-deep', 'Odd', { Odd: { Type: 'Pass', Result: JSON.parse(deep(900)), End: true } }),
  jsonata('odd-sum', '{% $sum([1..100000].($ * 2)) %}'),
  jsonata('odd-match', '{% $match($states.input, /(a+)+b/) %}'),
  jsonata('odd-pad', "{% $length($pad('x', 200000000)) %}"),
  jsonata('odd-distinct', "{% $distinct([1..20000].{'a': $}) %}"),
  machine('odd-map', 'Odd', { Odd: { Type: 'Map', End: true, ItemProcessor: ITERATION } }),
  execution('odd-map', JSON.stringify(Array.from({ length: 5000 }, (_, at) => at))),
  execution('odd-sum', '{}'),
  execution('odd-match', JSON.stringify('a'.repeat(60_000))),
  execution('odd-pad', '{}'),
  execution('odd-distinct', '{}'),
  execution('odd-sum', `"${'x'.repeat(8_000_000)}"`),
  execution('odd-sum', deep(100_000)),
];

/** Sends a request, and returns the status of its response. */
export async function sendOdd(url: string, request: OddRequest): Promise<number> {
  const { service, target, contentType = 'application/x-amz-json-1.0', path = '/' } = request;
  const { status, body } = await fetch(`${url}${path}`, {
    method: request.method ?? 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=odd/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      ...(service === 's3' ? {} : { 'content-type': contentType }),
      ...(target !== undefined && { 'x-amz-target': target }),
    },
    body: request.body,
  });
  await body?.cancel();
  return status;
}
