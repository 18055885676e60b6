import { ownMember } from '../../core/names/own-member.ts';
import { nearest } from '../../core/nearest.ts';
import { type MapEntry, type MapNode, type Node, textOf } from '../document/node.ts';
import { isIntrinsic } from '../document/tags.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';

/** Sections of Globals that the rehearsal merges, and the properties that SAM takes in each. */
const GLOBALS: Readonly<Record<string, readonly string[]>> = {
  Function: [
    'Architectures',
    'AssumeRolePolicyDocument',
    'AutoPublishAlias',
    'AutoPublishAliasAllProperties',
    'CapacityProviderConfig',
    'CodeSigningConfigArn',
    'CodeUri',
    'DeadLetterQueue',
    'DeploymentPreference',
    'Description',
    'DurableConfig',
    'Environment',
    'EphemeralStorage',
    'EventInvokeConfig',
    'FileSystemConfigs',
    'FunctionScalingConfig',
    'FunctionUrlConfig',
    'Handler',
    'KmsKeyArn',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'PermissionsBoundary',
    'PropagateTags',
    'ProvisionedConcurrencyConfig',
    'PublishToLatestPublished',
    'RecursiveLoop',
    'ReservedConcurrentExecutions',
    'RolePath',
    'Runtime',
    'RuntimeManagementConfig',
    'SnapStart',
    'SourceKMSKeyArn',
    'Tags',
    'TenancyConfig',
    'Timeout',
    'Tracing',
    'VersionDeletionPolicy',
    'VpcConfig',
  ],
  Api: [
    'AccessLogSetting',
    'ApiKeySourceType',
    'Auth',
    'BinaryMediaTypes',
    'CacheClusterEnabled',
    'CacheClusterSize',
    'CanarySetting',
    'Cors',
    'Domain',
    'EndpointConfiguration',
    'GatewayResponses',
    'MethodSettings',
    'MinimumCompressionSize',
    'Name',
    'OpenApiVersion',
    'PropagateTags',
    'TracingEnabled',
    'Variables',
  ],
  HttpApi: [
    'AccessLogSettings',
    'Auth',
    'CorsConfiguration',
    'DefaultRouteSettings',
    'Domain',
    'FailOnWarnings',
    'PropagateTags',
    'RouteSettings',
    'StageVariables',
    'Tags',
  ],
  SimpleTable: ['SSESpecification'],
  StateMachine: ['PropagateTags'],
};

/** Merges the Globals section into the resources, as SAM does. */
export function mergeGlobals(
  globals: readonly MapEntry[],
  resources: readonly Resource[],
  report: Report,
): readonly Resource[] {
  for (const section of globals) checkSection(section, report);
  return resources.map((resource) => withGlobals(resource, globals, report));
}

function checkSection({ key, value, place }: MapEntry, report: Report): void {
  const supported = ownMember(GLOBALS, key);
  if (supported === undefined) {
    const remark = { kind: 'property', subject: `Globals of ${key}` } as const;
    const message = `The rehearsal knows no Globals of ${key}`;
    report.unrehearsed(place, remark, message, nearest(key, Object.keys(GLOBALS)));
    return;
  }
  if (value.kind !== 'map') report.at(place, `Globals.${key} is a map of properties`);
  for (const entry of value.kind === 'map' ? value.entries : []) {
    if (supported.includes(entry.key)) continue;
    const message = `${entry.key} is no property that Globals.${key} takes`;
    const remark = { kind: 'property', subject: `${entry.key} of Globals.${key}` } as const;
    report.unrehearsed(entry.place, remark, message, nearest(entry.key, supported));
  }
}

function withGlobals(resource: Resource, globals: readonly MapEntry[], report: Report): Resource {
  const section = globals.find(({ key }) => resource.type === `AWS::Serverless::${key}`)?.value;
  if (section?.kind !== 'map') return resource;
  const ignored = ignoredGlobals(resource, section, report);
  if (ignored === 'all') return resource;
  const kept = section.entries.filter(({ key }) => !ignored.includes(key));
  return { ...resource, properties: mergeMaps({ ...section, entries: kept }, resource.properties) };
}

function ignoredGlobals(
  { logicalId, ignoreGlobals }: Resource,
  section: MapNode,
  report: Report,
): 'all' | readonly string[] {
  if (ignoreGlobals === undefined) return [];
  if (textOf(ignoreGlobals) === '*') return 'all';
  const items = ignoreGlobals.kind === 'list' ? ignoreGlobals.items : [];
  if (ignoreGlobals.kind !== 'list') {
    report.at(ignoreGlobals.place, `${logicalId}: IgnoreGlobals is '*' or a list of properties`);
  }
  const names = section.entries.map(({ key }) => key);
  return items.map((item) => {
    const name = textOf(item) ?? '';
    const message = `${logicalId}: IgnoreGlobals names ${name}, which is not in Globals`;
    if (!names.includes(name)) report.unknown(item.place, message, name, names);
    return name;
  });
}

/** SAM: lists are joined, global first; maps are merged key by key; of all else the local value wins. */
function merge(global: Node, local: Node): Node {
  if (global.kind === 'list' && local.kind === 'list') {
    return { ...local, items: [...global.items, ...local.items] };
  }
  const areMaps = global.kind === 'map' && local.kind === 'map';
  return areMaps && !isCall(global) && !isCall(local) ? mergeMaps(global, local) : local;
}

function mergeMaps(global: MapNode, local: MapNode): MapNode {
  const merged = global.entries.map((entry) => {
    const own = local.entries.find(({ key }) => key === entry.key);
    return own === undefined ? entry : { ...own, value: merge(entry.value, own.value) };
  });
  const names = global.entries.map(({ key }) => key);
  return {
    ...local,
    entries: [...merged, ...local.entries.filter(({ key }) => !names.includes(key))],
  };
}

function isCall({ entries }: MapNode): boolean {
  return entries.length === 1 && isIntrinsic(entries[0]?.key ?? '');
}
