import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts';
import type { Caller, ServiceCall } from '../../core/service.ts';
import type { ActionIntegration, RestResponse } from '../../template/api/rest-api-resource.ts';
import { gatewayMessage, type HttpApiResponse } from '../http-api/http-api-response.ts';
import { fillTemplate, templateFor } from './mapping-template.ts';
import type { TemplateInput } from './template-input.ts';

/** The call path, and as whom API Gateway calls without credentials. */
export interface ActionOptions {
  readonly call: ServiceCall;
  readonly caller: Caller;
  readonly queueUrlOf: (name: string) => string;
}

/** Calls the action of an integration with what its mapping template says, and answers with what the service says. */
export async function callAction(
  integration: ActionIntegration,
  input: TemplateInput,
  options: ActionOptions,
): Promise<HttpApiResponse> {
  const template = templateFor(integration.requestTemplates, input.headers['content-type']);
  const text = template === undefined ? input.body : fillTemplate(template, input);
  const parameters = parametersOf(text, integration, options);
  if (parameters === undefined) return gatewayMessage(400, 'Bad Request');
  const { service, action, credentials } = integration;
  const caller = credentials === undefined ? options.caller : { arn: credentials };
  try {
    const output = await options.call(service, action, parameters, caller);
    return answer(integration, 200, jsonOf(output), input);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return answer(integration, 400, { __type: error.name, message: error.message }, input);
  }
}

/** JSON of AWS's protocols, or a form of the query protocol; undefined where it is neither. */
function parametersOf(
  text: string,
  { queueName }: ActionIntegration,
  { queueUrlOf }: ActionOptions,
): JsonObject | undefined {
  const queue = queueName === undefined ? {} : { QueueUrl: queueUrlOf(queueName) };
  const json = parseJson(text);
  if (isJsonObject(json)) return { ...json, ...queue };
  if (!/(^|&)Action=/.test(text.trim())) return undefined;
  const form = Object.fromEntries(new URLSearchParams(text.trim()));
  const { Action: _a, Version: _v, ...parameters } = form;
  return { ...parameters, ...queue };
}

/** Dates are seconds, as in AWS's JSON protocol. */
function jsonOf(output: object): Json {
  return parseJson(JSON.stringify(withSeconds(output))) ?? null;
}

function withSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withSeconds(one)]));
}

function answer(
  { responses }: ActionIntegration,
  status: number,
  body: Json,
  input: TemplateInput,
): HttpApiResponse {
  const found = responseFor(responses, status);
  const text = JSON.stringify(body);
  const template = found?.template;
  return {
    status: found?.statusCode ?? status,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: template === undefined ? text : fillTemplate(template, { ...input, body: text }),
  };
}

function responseFor(responses: readonly RestResponse[], status: number): RestResponse | undefined {
  const matching = responses.find(({ pattern }) => {
    if (pattern === 'default') return false;
    try {
      return new RegExp(`^(?:${pattern})$`).test(String(status));
    } catch {
      return false;
    }
  });
  return matching ?? responses.find(({ pattern }) => pattern === 'default');
}
