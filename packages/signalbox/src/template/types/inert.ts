import { arnOf, stableUuid } from '../stack.ts';
import type { Identity, Naming, ResourceType } from './resource-type.ts';

/** Types that do nothing in a rehearsal: known, listed and resolved, and no more. */
export const INERT_TYPES: readonly ResourceType[] = [
  inert('AWS::ApiGatewayV2::Deployment', undefined, named),
  inert('AWS::CDK::Metadata', undefined, named),
  inert('AWS::CloudWatch::Dashboard', 'DashboardName', named),
  inert('AWS::EventSchemas::Discoverer', undefined, discoverer),
  inert('AWS::EventSchemas::Registry', 'RegistryName', registry),
  inert('AWS::EventSchemas::RegistryPolicy', undefined, withId),
  inert('AWS::EventSchemas::Schema', 'SchemaName', schema),
  inert('AWS::Events::EventBusPolicy', undefined, named),
  inert('AWS::KMS::Alias', 'AliasName', named),
  inert('AWS::KMS::Key', undefined, key),
  inert('AWS::Lambda::Permission', undefined, withId),
  inert('AWS::Logs::LogGroup', 'LogGroupName', logGroup),
  inert('AWS::Logs::MetricFilter', 'FilterName', named),
  inert('AWS::Logs::ResourcePolicy', 'PolicyName', named),
  inert('AWS::SNS::TopicPolicy', undefined, withId),
];

function inert(
  type: string,
  nameProperty: string | undefined,
  identify: (naming: Naming) => Identity,
): ResourceType {
  const name = nameProperty === undefined ? {} : { nameProperty };
  return { type, ...name, supported: [], inert: 'all', identify };
}

function named({ name }: Naming): Identity {
  return { physicalId: name, ref: name, attributes: {} };
}

function withId({ name }: Naming): Identity {
  return { physicalId: name, ref: name, attributes: { Id: name } };
}

function logGroup({ name, stack }: Naming): Identity {
  const Arn = arnOf(stack, 'logs', `log-group:${name}:*`);
  return { physicalId: name, ref: name, attributes: { Arn } };
}

function key({ stack, logicalId }: Naming): Identity {
  const id = stableUuid(stack, logicalId);
  return {
    physicalId: id,
    ref: id,
    attributes: { Arn: arnOf(stack, 'kms', `key/${id}`), KeyId: id },
  };
}

function registry({ name, stack }: Naming): Identity {
  const arn = arnOf(stack, 'schemas', `registry/${name}`);
  return { physicalId: arn, ref: arn, attributes: { RegistryArn: arn, RegistryName: name } };
}

function schema({ name, stack, text }: Naming): Identity {
  const arn = arnOf(stack, 'schemas', `schema/${text('RegistryName') ?? ''}/${name}`);
  const attributes = { SchemaArn: arn, SchemaName: name, SchemaVersion: '1' };
  return { physicalId: arn, ref: arn, attributes };
}

function discoverer({ stack, logicalId }: Naming): Identity {
  const id = stableUuid(stack, logicalId);
  const arn = arnOf(stack, 'schemas', `discoverer/${id}`);
  return { physicalId: arn, ref: arn, attributes: { DiscovererArn: arn, DiscovererId: id } };
}
