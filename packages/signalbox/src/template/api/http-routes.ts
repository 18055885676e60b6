import type { App } from '../app.ts';
import type { AppAdditions } from '../types/resource-type.ts';
import type { HttpApiResource, HttpRoute } from './http-api-resource.ts';
import { authorizerOfRoute } from './rest-routes.ts';

/** Gives each HTTP API the routes that are resources of their own. */
export function httpApisOf(parts: readonly AppAdditions[]): App['httpApis'] {
  const routes = parts.flatMap((part) => part.httpRoutes ?? []);
  const integrations = new Map(
    parts.flatMap((part) => part.httpIntegrations ?? []).map((one) => [one.id, one]),
  );
  const authorizers = new Map(
    parts.flatMap((part) => part.apiAuthorizers ?? []).map((one) => [one.id, one.authorizer]),
  );
  return parts.flatMap((part) =>
    (part.httpApis ?? []).map((api): HttpApiResource => {
      const own = routes.filter(({ apiId }) => apiId === api.id);
      const more = own.map((route): HttpRoute => {
        const integration = integrations.get(route.integrationId);
        const refusal = integration === undefined ? 'integration' : integration.refusal;
        const [method = '', path = method] = route.routeKey.split(' ');
        return {
          method: method === '$default' ? 'ANY' : method,
          path,
          functionName: integration?.functionName ?? '',
          authorizer: authorizerOfRoute(route, authorizers),
          ...(refusal !== undefined && { refusal }),
        };
      });
      return { ...api, routes: [...api.routes, ...more] };
    }),
  );
}
