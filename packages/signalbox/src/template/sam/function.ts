import { checkKeys } from '../check-keys.ts';
import { type MapEntry, mapNode, type Node, textOf, valueAt } from '../document/node.ts';
import type { Resource } from '../sections.ts';
import { type AsyncInvocation, asyncInvocation, deadLetterPolicy } from './async-invocation.ts';
import { executionRole } from './execution-role.ts';
import type { Expanding, Expansion } from './expanding.ts';
import { functionEvent } from './function-events.ts';
import { generate, getAttNode } from './generate.ts';
import { publishedAlias } from './published.ts';

const SUPPORTED = [
  'Architectures',
  'AutoPublishAlias',
  'CodeUri',
  'DeadLetterQueue',
  'Environment',
  'EventInvokeConfig',
  'Events',
  'FunctionName',
  'Handler',
  'ImageConfig',
  'ImageUri',
  'InlineCode',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'PackageType',
  'Policies',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'Role',
  'RolePath',
  'Runtime',
  'Timeout',
  'Tracing',
  'VpcConfig',
];

/** Properties that change nothing on one machine. */
const INERT = [
  'AssumeRolePolicyDocument',
  'AutoPublishAliasAllProperties',
  'AutoPublishCodeSha256',
  'CodeSigningConfigArn',
  'Description',
  'EphemeralStorage',
  'KmsKeyArn',
  'PermissionsBoundary',
  'PropagateTags',
  'RuntimeManagementConfig',
  'SnapStart',
  'SourceKMSKeyArn',
  'Tags',
];

const ALIASES = 'it publishes no versions or aliases';

const REFUSED: Readonly<Record<string, string>> = {
  CapacityProviderConfig: 'it runs functions in its own process',
  DeploymentPreference: ALIASES,
  DurableConfig: 'it runs no durable functions',
  FileSystemConfigs: 'it mounts no file systems',
  FunctionScalingConfig: 'it runs functions in its own process',
  FunctionUrlConfig: 'use an HttpApi event',
  ProvisionedConcurrencyConfig: ALIASES,
  PublishToLatestPublished: ALIASES,
  TenancyConfig: 'it isolates no tenants',
  VersionDeletionPolicy: ALIASES,
  VersionDescription: ALIASES,
};

/** Expands `AWS::Serverless::Function` to the function, its role, and what its events need. */
export function expandFunction(resource: Resource, expanding: Expanding): Expansion {
  const { report } = expanding;
  const { logicalId, properties } = resource;
  checkFunction(resource, expanding);

  const invocation = asyncInvocation(resource, report);
  const events = eventsOf(resource, expanding).map((event) =>
    functionEvent(resource, event, report),
  );
  const role = implicitRole(
    resource,
    invocation,
    events.flatMap(({ managed }) => managed),
    expanding,
  );
  return {
    resources: [
      lambdaFunction(resource, role),
      ...(role === undefined ? [] : [role]),
      ...publishedAlias(resource),
      ...invocation.resources,
      ...events.flatMap((event) => event.resources),
    ],
    routes: events.flatMap((event) => event.routes),
    restRoutes: events.flatMap((event) => event.restRoutes),
    bucketEvents: events.flatMap((event) => event.bucketEvents),
  };

  function lambdaFunction(from: Resource, implicit: Resource | undefined): Resource {
    const { place } = from;
    const pass = (name: string): Node | undefined => valueAt(properties, name);
    const deadLetters = valueAt(pass('DeadLetterQueue'), 'TargetArn');
    const lambda = generate(from, logicalId, 'AWS::Lambda::Function', {
      FunctionName: pass('FunctionName'),
      Code: codeOf(from),
      PackageType: pass('PackageType'),
      ImageConfig: pass('ImageConfig'),
      Layers: pass('Layers'),
      Architectures: pass('Architectures'),
      Handler: pass('Handler'),
      Runtime: pass('Runtime'),
      Timeout: pass('Timeout'),
      MemorySize: pass('MemorySize'),
      Environment: pass('Environment'),
      ReservedConcurrentExecutions: pass('ReservedConcurrentExecutions'),
      RecursiveLoop: pass('RecursiveLoop'),
      LoggingConfig: pass('LoggingConfig'),
      Role: implicit ? getAttNode(implicit.logicalId, 'Arn', place) : pass('Role'),
      DeadLetterConfig: deadLetters && mapNode({ TargetArn: deadLetters }, deadLetters.place),
    });
    return { ...lambda, metadata: from.metadata };
  }
}

function checkFunction({ logicalId, properties, place }: Resource, { report }: Expanding): void {
  const what = `AWS::Serverless::Function ${logicalId}`;
  checkKeys(properties, { what, known: [...SUPPORTED, ...INERT], refused: REFUSED }, report);
  const isImage = textOf(valueAt(properties, 'PackageType')) === 'Image';
  for (const needed of isImage ? [] : ['Handler', 'Runtime']) {
    const isThere = valueAt(properties, needed) !== undefined;
    if (!isThere) report.at(place, `${what} needs a ${needed}, its own or in Globals`);
  }
}

/** The code as CloudFormation has it, of what SAM takes; a directory stays a path. */
function codeOf({ properties }: Resource): Node | undefined {
  const inline = valueAt(properties, 'InlineCode');
  const image = valueAt(properties, 'ImageUri');
  if (inline !== undefined) return mapNode({ ZipFile: inline }, inline.place);
  if (image !== undefined) return mapNode({ ImageUri: image }, image.place);
  return valueAt(properties, 'CodeUri');
}

/** SAM: the role is made unless Role names one, and Policies are for the made one alone. */
function implicitRole(
  resource: Resource,
  invocation: AsyncInvocation,
  eventPolicies: readonly string[],
  { report, partition }: Expanding,
): Resource | undefined {
  const { properties } = resource;
  if (valueAt(properties, 'Role') !== undefined) return undefined;
  const tracing = valueAt(properties, 'Tracing');
  const isTraced = tracing !== undefined && textOf(tracing) !== 'Disabled';
  const managed = [
    'AWSLambdaBasicExecutionRole',
    ...(isTraced ? ['AWSXrayWriteOnlyAccess'] : []),
    ...(valueAt(properties, 'VpcConfig') === undefined ? [] : ['AWSLambdaVPCAccessExecutionRole']),
    ...eventPolicies,
  ];
  const inline = [...deadLetterPolicy(resource, report), ...invocation.policies];
  return executionRole(
    resource,
    { service: 'lambda.amazonaws.com', managed, inline },
    partition,
    report,
  );
}

/** The entries of a resource's Events. */
export function eventsOf(
  { logicalId, properties }: Resource,
  { report }: Expanding,
): readonly MapEntry[] {
  const events = valueAt(properties, 'Events');
  if (events === undefined || (events.kind === 'scalar' && events.value === null)) return [];
  if (events.kind === 'map') return events.entries;
  report.at(events.place, `${logicalId}: Events is a map of names`);
  return [];
}
