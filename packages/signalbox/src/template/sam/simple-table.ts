import { ownMember } from '../../core/names/own-member.ts';
import { checkKeys } from '../check-keys.ts';
import { type Node, nodeOf, textOf, valueAt } from '../document/node.ts';
import type { Resource } from '../sections.ts';
import type { Expanding } from './expanding.ts';
import { generate } from './generate.ts';

const ATTRIBUTE_TYPES: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' };

const KNOWN = [
  'PointInTimeRecoverySpecification',
  'PrimaryKey',
  'ProvisionedThroughput',
  'SSESpecification',
  'TableName',
  'Tags',
];

/** Expands `AWS::Serverless::SimpleTable` to a table of one key. */
export function expandSimpleTable(resource: Resource, { report }: Expanding): readonly Resource[] {
  const { logicalId, properties, place } = resource;
  const what = `AWS::Serverless::SimpleTable ${logicalId}`;
  checkKeys(properties, { what, known: KNOWN }, report);
  const key = valueAt(properties, 'PrimaryKey');
  const name = textOf(valueAt(key, 'Name')) ?? 'id';
  const type = textOf(valueAt(key, 'Type')) ?? 'String';
  const attributeType = ownMember(ATTRIBUTE_TYPES, type);
  if (key !== undefined && (valueAt(key, 'Name') === undefined || attributeType === undefined)) {
    report.at(
      key.place,
      `${what}: PrimaryKey needs a Name, and a Type of String, Number or Binary`,
    );
  }
  const throughput = valueAt(properties, 'ProvisionedThroughput');
  const billing: Node | undefined =
    throughput === undefined ? nodeOf('PAY_PER_REQUEST', place) : undefined;
  return [
    generate(resource, logicalId, 'AWS::DynamoDB::Table', {
      TableName: valueAt(properties, 'TableName'),
      AttributeDefinitions: nodeOf(
        [{ AttributeName: name, AttributeType: attributeType ?? 'S' }],
        place,
      ),
      KeySchema: nodeOf([{ AttributeName: name, KeyType: 'HASH' }], place),
      BillingMode: billing,
      ProvisionedThroughput: throughput,
      SSESpecification: valueAt(properties, 'SSESpecification'),
    }),
  ];
}
