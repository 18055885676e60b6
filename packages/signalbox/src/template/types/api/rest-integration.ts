import type { RestIntegration, RestResponse } from '../../api/rest-api-resource.ts';
import { type Node, textOf, valueAt } from '../../document/node.ts';
import { functionNameOf } from '../lambda/event-source-mapping.ts';

/** The names of an integration's parts, in OpenAPI and in `AWS::ApiGateway::Method`. */
export interface IntegrationNames {
  readonly type: string;
  readonly uri: string;
  readonly credentials: string;
  readonly requestTemplates: string;
}

export const OPEN_API: IntegrationNames = {
  type: 'type',
  uri: 'uri',
  credentials: 'credentials',
  requestTemplates: 'requestTemplates',
};

export const METHOD: IntegrationNames = {
  type: 'Type',
  uri: 'Uri',
  credentials: 'Credentials',
  requestTemplates: 'RequestTemplates',
};

/** Reads what a method calls. */
export function integrationOf(node: Node | undefined, names: IntegrationNames): RestIntegration {
  const type = textOf(valueAt(node, names.type))?.toUpperCase() ?? 'none';
  const uri = textOf(valueAt(node, names.uri)) ?? '';
  const functionArn = /functions\/(.+)\/invocations$/.exec(uri)?.[1];
  if (type === 'AWS_PROXY' && functionArn !== undefined) {
    return { kind: 'lambda', functionName: functionNameOf(functionArn) };
  }
  const found = /^arn:[\w-]+:apigateway:[\w-]*:([\w-]+):(?:action\/(\w+)|path\/(.+))$/.exec(uri);
  if (type !== 'AWS' || found === null || functionArn !== undefined) return { kind: 'other', type };
  const [, service = '', action = 'SendMessage', path] = found;
  return {
    kind: 'action',
    service,
    action,
    queueName: path?.split('/').at(-1),
    credentials: textOf(valueAt(node, names.credentials)),
    requestTemplates: templatesOf(valueAt(node, names.requestTemplates)),
    responses: [...openApiResponses(node), ...methodResponses(node)],
  };
}

function templatesOf(node: Node | undefined): Readonly<Record<string, string>> {
  const entries = node?.kind === 'map' ? node.entries : [];
  return Object.fromEntries(entries.map(({ key, value }) => [key, textOf(value) ?? '']));
}

function openApiResponses(node: Node | undefined): readonly RestResponse[] {
  const responses = valueAt(node, 'responses');
  const entries = responses?.kind === 'map' ? responses.entries : [];
  return entries.map(({ key, value }) => ({
    pattern: key,
    statusCode: Number(textOf(valueAt(value, 'statusCode')) ?? 200),
    template: templatesOf(valueAt(value, 'responseTemplates'))['application/json'],
  }));
}

function methodResponses(node: Node | undefined): readonly RestResponse[] {
  const responses = valueAt(node, 'IntegrationResponses');
  const items = responses?.kind === 'list' ? responses.items : [];
  return items.map((item) => ({
    pattern: textOf(valueAt(item, 'SelectionPattern')) ?? 'default',
    statusCode: Number(textOf(valueAt(item, 'StatusCode')) ?? 200),
    template: templatesOf(valueAt(item, 'ResponseTemplates'))['application/json'],
  }));
}
