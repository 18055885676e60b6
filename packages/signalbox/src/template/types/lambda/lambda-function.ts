import type { FunctionResource } from '../../app.ts';
import { arnOf } from '../../stack.ts';
import type { PropertyReader } from '../property-reader.ts';
import type { Reading, ResourceType } from '../resource-type.ts';
import { readBuild } from './esbuild-properties.ts';

export const lambdaFunction: ResourceType = {
  type: 'AWS::Lambda::Function',
  nameProperty: 'FunctionName',
  maxNameLength: 64,
  supported: [
    'Code',
    'DeadLetterConfig',
    'Environment',
    'FunctionName',
    'Handler',
    'LoggingConfig',
    'MemorySize',
    'ReservedConcurrentExecutions',
    'Role',
    'Runtime',
    'Timeout',
  ],
  inert: [
    'Architectures',
    'CodeSigningConfigArn',
    'Description',
    'EphemeralStorage',
    'KmsKeyArn',
    'RecursiveLoop',
    'RuntimeManagementConfig',
    'SnapStart',
    'Tags',
    'TracingConfig',
    'VpcConfig',
  ],
  refused: {
    FileSystemConfigs: 'it mounts no file systems',
    ImageConfig: 'it runs no container images',
    Layers: 'bundle what the function needs',
    PackageType: 'it runs functions of PackageType Zip only: leave it out',
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
  const codeUri = codeUriOf(reading);
  const runtime = properties.requiredText('Runtime');
  const deadLetterArn = properties.map('DeadLetterConfig').text('TargetArn');
  return {
    logicalId: resource.logicalId,
    path: reading.path,
    name,
    arn: identity.attributes['Arn'] ?? '',
    roleArn: properties.requiredText('Role'),
    codeUri: codeUri ?? '.',
    handler: properties.requiredText('Handler'),
    runtime,
    timeoutSeconds: within(properties, 'Timeout', 1, 900) ?? 3,
    memoryMb: within(properties, 'MemorySize', 128, 10_240) ?? 128,
    environment: properties.map('Environment').record('Variables'),
    reservedConcurrency: properties.number('ReservedConcurrentExecutions'),
    logGroup: properties.map('LoggingConfig').text('LogGroup') ?? `/aws/lambda/${name}`,
    build: readBuild(reading, codeUri),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
    place: { file: resource.place.file, line: resource.place.line },
  };
}

function codeUriOf({ properties, files }: Reading): string | undefined {
  const code = properties.node('Code');
  if (code === undefined) return undefined;
  if (code.kind !== 'scalar' || code.text.startsWith('s3://')) {
    properties.refuse('Code', 'the rehearsal reads code from a directory: name it by CodeUri');
    return undefined;
  }
  const directory = files.relative(code.text);
  if (files.isDirectory(directory)) return directory;
  properties.refuse('Code', `its CodeUri ${directory} is no directory`);
  return undefined;
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
