import type { App } from './app.ts';
import type { RestRoute } from './rest-api-resource.ts';
import type { AppAdditions, RestResourcePart } from './types/resource-type.ts';
import { rootOf } from './types/rest-api.ts';

/** Gives each REST API the methods that are resources of their own. */
export function restApisOf(parts: readonly AppAdditions[]): App['restApis'] {
  const resources = new Map(
    parts.flatMap((part) => part.restResources ?? []).map((one) => [one.id, one]),
  );
  const methods = parts.flatMap((part) => part.restMethods ?? []);
  return parts.flatMap((part) =>
    (part.restApis ?? []).map((api) => {
      const own = methods.filter(({ apiId }) => apiId === api.id);
      const routes = own.map(
        ({ method, resourceId, integration }): RestRoute => ({
          method,
          path: pathOf(resourceId, rootOf(api.id), resources),
          integration,
        }),
      );
      return { ...api, routes: [...api.routes, ...routes] };
    }),
  );
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
