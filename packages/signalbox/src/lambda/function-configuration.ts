import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { FunctionResource } from '../template/app.ts';

/** The API's shape, open to runtimes that are newer than the SDK's enumeration. */
export type FunctionDescription = Omit<FunctionConfiguration, 'Runtime'> & {
  readonly Runtime: string;
};

/** Describes a function as GetFunctionConfiguration and ListFunctions do. */
export function toFunctionConfiguration(resource: FunctionResource): FunctionDescription {
  return {
    FunctionName: resource.name,
    FunctionArn: resource.arn,
    Runtime: resource.runtime,
    Role: resource.roleArn,
    Handler: resource.handler,
    Description: '',
    Timeout: resource.timeoutSeconds,
    MemorySize: resource.memoryMb,
    Version: '$LATEST',
    Environment: { Variables: { ...resource.environment } },
    TracingConfig: { Mode: 'PassThrough' },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: resource.code?.kind === 'image' ? 'Image' : 'Zip',
    Architectures: [resource.architecture ?? 'x86_64'],
    ...(resource.layers !== undefined && {
      Layers: resource.layers.map(({ arn }) => ({ Arn: arn })),
    }),
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: 'Text', LogGroup: resource.logGroup },
  };
}
