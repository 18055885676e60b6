import type { FunctionResource } from '../../app.ts';
import { textOf } from '../../document/node.ts';
import { arnOf } from '../../stack.ts';
import type { PropertyReader } from '../property-reader.ts';
import type { Reading, ResourceType } from '../resource-type.ts';
import { roleArnOf } from '../role-arn.ts';
import { refuseElsewhere } from '../same-region.ts';
import { readBuild } from './esbuild-properties.ts';
import { readCode } from './function-code.ts';
import { checkPythonHandler } from './python-handler.ts';

export const lambdaFunction: ResourceType = {
  type: 'AWS::Lambda::Function',
  nameProperty: 'FunctionName',
  maxNameLength: 64,
  supported: [
    'Architectures',
    'Code',
    'DeadLetterConfig',
    'Environment',
    'FunctionName',
    'Handler',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'PackageType',
    'RecursiveLoop',
    'ReservedConcurrentExecutions',
    'Role',
    'Runtime',
    'Timeout',
  ],
  inert: [
    'CodeSigningConfigArn',
    'Description',
    'EphemeralStorage',
    'ImageConfig',
    'KmsKeyArn',
    'RuntimeManagementConfig',
    'SnapStart',
    'Tags',
    'TracingConfig',
    'VpcConfig',
  ],
  refused: {
    FileSystemConfigs: 'it mounts no file systems',
  },
  identify: ({ name, stack }) => ({
    physicalId: name,
    ref: name,
    attributes: { Arn: arnOf(stack, 'lambda', `function:${name}`) },
  }),
  read: (reading) => ({ functions: [readFunction(reading)] }),
};

function readFunction(reading: Reading): FunctionResource {
  const { resource, name, identity, properties } = reading;
  const { directory, code } = readCode(reading);
  if (directory !== undefined) checkPythonHandler(reading, directory);
  const isImage = code?.kind === 'image';
  const wanted = (property: string): string =>
    isImage ? (properties.text(property) ?? '') : properties.requiredText(property);
  const architecture = properties.items('Architectures').some((item) => textOf(item) === 'arm64');
  const buildMethod = reading.metadata.text('BuildMethod');
  const layers = properties.texts('Layers').map((arn) => ({ arn, directory: undefined }));
  const deadLetters = properties.map('DeadLetterConfig');
  const deadLetterArn = deadLetters.text('TargetArn');
  const message = 'what takes its dead letters must be in the Region of the function';
  refuseElsewhere(deadLetters, 'TargetArn', deadLetterArn, reading.stack, message);
  return {
    logicalId: resource.logicalId,
    path: reading.path,
    name,
    arn: identity.attributes['Arn'] ?? '',
    roleArn: roleArnOf(reading, 'Role'),
    codeUri: directory ?? '.',
    ...(code === undefined ? {} : { code }),
    ...(directory !== undefined && reading.files.isBuilt(directory) ? { isBuilt: true } : {}),
    ...(buildMethod === undefined || buildMethod === 'esbuild' ? {} : { buildMethod }),
    handler: wanted('Handler'),
    runtime: wanted('Runtime'),
    ...(architecture ? { architecture: 'arm64' } : {}),
    ...(layers.length === 0 ? {} : { layers }),
    timeoutSeconds: within(properties, 'Timeout', 1, 900) ?? 3,
    memoryMb: within(properties, 'MemorySize', 128, 10_240) ?? 128,
    environment: properties.map('Environment').record('Variables'),
    reservedConcurrency: properties.number('ReservedConcurrentExecutions'),
    ...(properties.text('RecursiveLoop') === 'Allow' ? { allowsRecursion: true } : {}),
    logGroup: properties.map('LoggingConfig').text('LogGroup') ?? `/aws/lambda/${name}`,
    build: readBuild(reading, directory),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
    place: { file: resource.place.file, line: resource.place.line },
  };
}

function within(
  properties: PropertyReader,
  name: string,
  min: number,
  max: number,
): number | undefined {
  const value = properties.number(name);
  if (value !== undefined && (value < min || value > max)) {
    properties.refuse(name, `${name} must be ${min} to ${max}, not ${value}`);
  }
  return value;
}
