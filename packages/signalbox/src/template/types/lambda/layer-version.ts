import { textOf, valueAt } from '../../document/node.ts';
import { arnOf } from '../../stack.ts';
import type { Reading, ResourceType } from '../resource-type.ts';

/** A layer, whose content is a directory of the project. */
export const layerVersion: ResourceType = {
  type: 'AWS::Lambda::LayerVersion',
  nameProperty: 'LayerName',
  maxNameLength: 140,
  supported: ['Content', 'LayerName'],
  inert: ['CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LicenseInfo'],
  identify: ({ name, stack }) => {
    const arn = arnOf(stack, 'lambda', `layer:${name}:1`);
    return { physicalId: arn, ref: arn, attributes: { Arn: arn, LayerVersionArn: arn } };
  },
  read: (reading) => {
    const { identity, metadata } = reading;
    const buildMethod = metadata.text('BuildMethod');
    const layer = { arn: identity.ref, directory: directoryOf(reading) };
    return { layers: [buildMethod === undefined ? layer : { ...layer, buildMethod }] };
  },
};

function directoryOf({ properties, files, report, resource }: Reading): string | undefined {
  const content = properties.node('Content');
  const key = textOf(valueAt(content, 'S3Key')) ?? textOf(valueAt(content, 'Key'));
  const path = textOf(content);
  const directory =
    key === undefined ? path !== undefined && files.relative(path) : files.asset(key);
  if (directory && files.isDirectory(directory)) return directory;
  const remark = { kind: 'function', subject: `layer ${resource.logicalId}` } as const;
  const message = `${resource.type} ${resource.logicalId}: its content is no directory of the project`;
  report.unrehearsed(properties.placeOf('Content'), remark, message);
  return undefined;
}
