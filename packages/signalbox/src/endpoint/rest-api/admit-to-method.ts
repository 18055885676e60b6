import type { JsonObject } from '../../core/json.ts';
import type { RestApiResource, RestRoute } from '../../template/api/rest-api-resource.ts';
import { type Admission, admitted, refused } from '../authorizers/admission.ts';
import { type AdmitOptions, admit } from '../authorizers/admit.ts';
import { identityIn } from '../authorizers/identity-source.ts';
import type { HttpApiContext, HttpApiRequest } from '../http-api/http-api-event.ts';
import { iamCallerOf } from '../http-api/iam-authorizer.ts';
import { type RestMatch, requestContextOf, toRestApiEvent } from './rest-api-event.ts';

/** The keys of an API, and the call path of its authorizers. */
interface KeyedOptions extends AdmitOptions {
  readonly api: Pick<RestApiResource, 'keys'>;
}

/** Decides whether a request is admitted to a method of a REST API: by its authorizer, then by its key. */
export async function admitToMethod(
  request: HttpApiRequest,
  { authorizer, needsKey }: RestRoute,
  match: RestMatch,
  context: HttpApiContext,
  options: KeyedOptions,
): Promise<Admission> {
  const { headers, rawQuery } = request;
  if (authorizer === 'AWS_IAM') {
    const signed = { headers, query: new URLSearchParams(rawQuery) };
    const iam = iamCallerOf(signed, options.callerOf);
    if (iam === undefined) return refused(403, { message: 'Missing Authentication Token' });
    return keyed(needsKey, request, options) ?? { ...admitted(), identity: signerOf(iam) };
  }
  const asked = requestContextOf(request, match, context);
  const admission = await admit(
    authorizer,
    {
      isRest: true,
      identity: (source) => identityIn(source, headers, rawQuery, asked),
      methodArn: methodArn(request, match, context),
      event() {
        const {
          body: _body,
          isBase64Encoded: _base64,
          ...event
        } = toRestApiEvent(request, match, context);
        return event;
      },
    },
    options,
  );
  if (admission.kind === 'refused') return admission;
  return keyed(needsKey, request, options) ?? admission;
}

function signerOf({ accessKey, accountId, callerId, userArn }: JsonObject): JsonObject {
  return {
    accessKey: accessKey ?? null,
    accountId: accountId ?? null,
    caller: callerId ?? null,
    user: callerId ?? null,
    userArn: userArn ?? null,
  };
}

function methodArn(
  { method, path }: HttpApiRequest,
  { stage }: RestMatch,
  { region, accountId, apiId }: HttpApiContext,
): string {
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}/${method}${path}`;
}

/** AWS: a key that is missing and one that is wrong are the same refusal. */
function keyed(
  needsKey: boolean,
  { headers }: HttpApiRequest,
  { api }: KeyedOptions,
): Admission | undefined {
  if (!needsKey) return undefined;
  const key = String(headers['x-api-key'] ?? '');
  return api.keys.includes(key) ? undefined : refused(403, { message: 'Forbidden' });
}
