import { checkKeys } from '../check-keys.ts';
import { valueAt } from '../document/node.ts';
import type { Resource } from '../sections.ts';
import type { Expanding } from './expanding.ts';
import { generate } from './generate.ts';

const KNOWN = [
  'CompatibleArchitectures',
  'CompatibleRuntimes',
  'ContentUri',
  'Description',
  'LayerName',
  'LicenseInfo',
  'PublishLambdaVersion',
  'RetentionPolicy',
];

/** Expands `AWS::Serverless::LayerVersion`; SAM's logical id has a hash of the content, and Ref of the template's own works too. */
export function expandLayer(resource: Resource, { report }: Expanding): Resource {
  const { logicalId, properties, metadata } = resource;
  checkKeys(properties, { what: `${resource.type} ${logicalId}`, known: KNOWN }, report);
  const layer = generate(resource, logicalId, 'AWS::Lambda::LayerVersion', {
    LayerName: valueAt(properties, 'LayerName'),
    Content: valueAt(properties, 'ContentUri'),
  });
  return { ...layer, metadata };
}
