import { arnOf } from '../../stack.ts';
import type { Naming, ResourceType } from '../resource-type.ts';
import { functionNameOf } from './event-source-mapping.ts';

/** The one version that a rehearsal publishes of a function. */
const VERSION = '1';

/** A version: it runs what `$LATEST` runs. */
export const version: ResourceType = {
  type: 'AWS::Lambda::Version',
  supported: ['FunctionName'],
  inert: ['CodeSha256', 'Description', 'ProvisionedConcurrencyConfig', 'RuntimePolicy'],
  identify: (naming) => {
    const arn = qualifiedArn(naming, VERSION);
    const attributes = { FunctionArn: arn, Version: VERSION };
    return { physicalId: arn, ref: arn, attributes };
  },
  read: ({ properties }) => ({
    qualifiers: [
      { functionName: functionNameOf(properties.requiredText('FunctionName')), qualifier: VERSION },
    ],
  }),
};

/** An alias: it runs what `$LATEST` runs, and no share goes to another version. */
export const alias: ResourceType = {
  type: 'AWS::Lambda::Alias',
  nameProperty: 'Name',
  supported: ['FunctionName', 'Name'],
  inert: ['Description', 'FunctionVersion', 'ProvisionedConcurrencyConfig'],
  refused: { RoutingConfig: 'every alias runs the code as it is' },
  identify: (naming) => {
    const arn = qualifiedArn(naming, naming.name);
    return { physicalId: arn, ref: arn, attributes: { AliasArn: arn } };
  },
  read: ({ properties, name }) => ({
    qualifiers: [
      { functionName: functionNameOf(properties.requiredText('FunctionName')), qualifier: name },
    ],
  }),
};

function qualifiedArn({ stack, text }: Naming, qualifier: string): string {
  const name = functionNameOf(text('FunctionName') ?? '');
  return arnOf(stack, 'lambda', `function:${name}:${qualifier}`);
}
