import type { JsonObject } from '../../core/json.ts';
import { type Admission, admitted, refused } from '../authorizers/admission.ts';
import { type AdmitOptions, admit } from '../authorizers/admit.ts';
import { identityIn } from '../authorizers/identity-source.ts';
import { toRestApiEvent } from '../rest-api/rest-api-event.ts';
import {
  type HttpApiContext,
  type HttpApiRequest,
  httpContextOf,
  toHttpApiEvent,
} from './http-api-event.ts';
import { iamCallerOf } from './iam-authorizer.ts';
import type { HttpRouteMatch } from './match-http-route.ts';

/** Decides whether a request is admitted to a route of an HTTP API. */
export async function admitToRoute(
  request: HttpApiRequest,
  match: HttpRouteMatch,
  context: HttpApiContext,
  options: AdmitOptions,
): Promise<Admission> {
  const { authorizer } = match.route;
  const { headers, rawQuery } = request;
  if (authorizer === 'AWS_IAM') {
    const iam = iamCallerOf({ headers, query: new URLSearchParams(rawQuery) }, options.callerOf);
    return iam === undefined ? refused(403, { message: 'Forbidden' }) : admitted({ iam });
  }
  const asked = httpContextOf(request, match.routeKey, context);
  const asking = {
    isRest: false,
    identity: (source: string) => identityIn(source, headers, rawQuery, asked),
    methodArn: routeArn(request, context),
    event: (format: '1.0' | '2.0') =>
      withoutBody(
        format === '2.0'
          ? toHttpApiEvent(request, match, context)
          : oldEvent(request, match, context),
      ),
  };
  return admit(authorizer, asking, options);
}

function routeArn({ method, path }: HttpApiRequest, context: HttpApiContext): string {
  const { region, accountId, apiId } = context;
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/$default/${method}${path}`;
}

function oldEvent(
  request: HttpApiRequest,
  { route, pathParameters }: HttpRouteMatch,
  context: HttpApiContext,
): JsonObject {
  const match = { resource: route.path, stage: '$default', pathParameters };
  return toRestApiEvent(request, match, context);
}

function withoutBody({ body: _body, isBase64Encoded: _base64, ...event }: JsonObject): JsonObject {
  return event;
}
