import type { Protocol } from './protocol.ts';
import { parseForm, readStruct } from './query-form.ts';
import { headerOf, type WireRequest } from './wire-message.ts';
import { elementSchema, writeXml } from './xml-codec.ts';

const metadataSchema = elementSchema('ResponseMetadata', { RequestId: undefined });

/** AWS Query: a form whose `Action` names the operation; the response is XML. */
export const awsQuery: Protocol = {
  target(request) {
    const action = formOf(request).get('Action') ?? '';
    return { operation: action, wish: action, labels: {} };
  },
  decode: (request, operation) => readStructOrNothing(request, operation.input),
  encode(output, { name, output: schema }, { xmlNamespace }, requestId) {
    const isUnit = schema.isUnitSchema();
    const response = elementSchema(`${name}Response`, {
      ...(isUnit ? {} : { [`${name}Result`]: schema }),
      ResponseMetadata: metadataSchema,
    });
    const value = {
      [`${name}Result`]: output,
      ResponseMetadata: { RequestId: requestId },
    };
    return xmlResponse(200, writeXml(response, value, xmlNamespace));
  },
  encodeError(error, _request, model, requestId) {
    const { code, fault, message, schema, members } = error;
    const modelled = Object.fromEntries(schema?.structIterator() ?? []);
    const errorSchema = elementSchema('Error', {
      ...modelled,
      Type: undefined,
      Code: undefined,
      Message: undefined,
    });
    const response = elementSchema('ErrorResponse', { Error: errorSchema, RequestId: undefined });
    const { message: _inMessage, ...rest } = members;
    const value = {
      Error: { ...rest, Type: fault, Code: code, Message: message },
      RequestId: requestId,
    };
    return xmlResponse(error.status, writeXml(response, value, model?.xmlNamespace ?? ''));
  },
};

const forms = new WeakMap<Buffer, URLSearchParams>();

/** The form of a query request: its body, which is read once, or for a GET its query. */
export function formOf(request: WireRequest): URLSearchParams {
  const isForm = headerOf(request, 'content-type')?.startsWith('application/x-www-form-urlencoded');
  if (isForm !== true) return request.query;
  const form = forms.get(request.body) ?? new URLSearchParams(request.body.toString());
  forms.set(request.body, form);
  return form;
}

function readStructOrNothing(
  request: WireRequest,
  schema: Parameters<typeof readStruct>[0],
): object {
  return schema.isUnitSchema() ? {} : readStruct(schema, parseForm(formOf(request)));
}

function xmlResponse(status: number, body: string) {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
