import { arnOf } from '../stack.ts';
import type { Identity, Naming, ResourceType } from './resource-type.ts';

/** ARNs name some services by another word than the type does. */
const ARN_SERVICES: Readonly<Record<string, string>> = {
  ApiGateway: 'apigateway',
  ApiGatewayV2: 'apigateway',
  Bedrock: 'bedrock',
  CertificateManager: 'acm',
  Cognito: 'cognito-idp',
  EFS: 'elasticfilesystem',
  ElasticLoadBalancingV2: 'elasticloadbalancing',
  KinesisFirehose: 'firehose',
  MSK: 'kafka',
  OpenSearchService: 'es',
  Pipes: 'pipes',
};

/**
 * Stands for a resource type that the rehearsal does not know: it does nothing, and the rest of the
 * template may refer to it by Ref, by every attribute and by name.
 */
export function unknownType(type: string): ResourceType {
  // A custom resource has two words only: Custom::Name.
  const words = type.split('::');
  const [service = '', kind = ''] = words.length > 2 ? words.slice(1) : words;
  return {
    type,
    supported: [],
    inert: 'all',
    identify: (naming) => identityOf(naming, service, kind),
  };
}

function identityOf(naming: Naming, service: string, kind: string): Identity {
  const { stack, text } = naming;
  const name = text(`${kind}Name`) ?? text('Name') ?? naming.name;
  const words = ARN_SERVICES[service] ?? service.toLowerCase();
  const arn = arnOf(stack, words, `${kind.toLowerCase()}/${name}`);
  return {
    physicalId: name,
    ref: name,
    attributes: { Arn: arn },
    attributeOf: (attribute) => otherAttribute(attribute, name, arn),
  };
}

/** An attribute by what its name promises: an ARN, the name, a port, or a text of its own. */
export function otherAttribute(attribute: string, name: string, arn: string): string {
  if (/Arns?$/i.test(attribute)) return arn;
  if (/(Name|Id)$/.test(attribute)) return name;
  if (/Port$/.test(attribute)) return '443';
  if (/CidrBlock$/.test(attribute)) return '10.0.0.0/16';
  return `${name}.${attribute}`.toLowerCase();
}
