import type { App } from '../app.ts';
import { rootOf } from '../types/api/rest-api.ts';
import type { AppAdditions, RestMethodPart, RestResourcePart } from '../types/resource-type.ts';
import type { RouteAuthorizer } from './authorizer.ts';
import type { RestRoute } from './rest-api-resource.ts';

/** Gives each REST API the methods that are resources of their own. */
export function restApisOf(parts: readonly AppAdditions[]): App['restApis'] {
  const resources = new Map(
    parts.flatMap((part) => part.restResources ?? []).map((one) => [one.id, one]),
  );
  const authorizers = new Map(
    parts.flatMap((part) => part.apiAuthorizers ?? []).map((one) => [one.id, one.authorizer]),
  );
  const keys = parts.flatMap((part) => part.apiKeys ?? []);
  const methods = parts.flatMap((part) => part.restMethods ?? []);
  return parts.flatMap((part) =>
    (part.restApis ?? []).map((api) => {
      const own = methods.filter(({ apiId }) => apiId === api.id);
      const routes = own.map(
        (method): RestRoute => ({
          method: method.method,
          path: pathOf(method.resourceId, rootOf(api.id), resources),
          integration: method.integration,
          authorizer: authorizerOfRoute(method, authorizers),
          needsKey: method.needsKey,
        }),
      );
      return { ...api, keys, routes: [...api.routes, ...routes] };
    }),
  );
}

/** The authorizer of a method or route that is a resource of its own. */
export function authorizerOfRoute(
  {
    authorizationType,
    authorizerId,
    scopes,
  }: Pick<RestMethodPart, 'authorizationType' | 'authorizerId' | 'scopes'>,
  authorizers: ReadonlyMap<string, RouteAuthorizer>,
): RouteAuthorizer {
  if (authorizationType === 'NONE' || authorizationType === 'AWS_IAM') return authorizationType;
  const authorizer = authorizers.get(authorizerId ?? '');
  const unknown = { kind: 'other', name: authorizerId ?? '', type: authorizationType } as const;
  if (authorizer === undefined) return unknown;
  return typeof authorizer === 'object' && authorizer.kind === 'jwt'
    ? { ...authorizer, scopes }
    : authorizer;
}

/** The path of a resource, from the root down. */
function pathOf(
  id: string,
  root: string,
  resources: ReadonlyMap<string, RestResourcePart>,
): string {
  const parts: string[] = [];
  for (let at = id; at !== root && parts.length <= resources.size; ) {
    const resource = resources.get(at);
    if (resource === undefined) break;
    parts.unshift(resource.pathPart);
    at = resource.parentId;
  }
  return `/${parts.join('/')}`;
}
