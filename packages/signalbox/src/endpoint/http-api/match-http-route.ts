import { setOwnMember } from '../../core/names/own-member.ts';
import type { HttpRoute } from '../../template/api/http-api-resource.ts';

/** The route that a request takes. */
export interface HttpRouteMatch {
  readonly route: HttpRoute;
  /** Such as `GET /orders/{orderId}`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Finds the most specific route: a full match before a greedy path variable before `$default`
 * (API Gateway developer guide, "Create routes for HTTP APIs").
 * The path is percent-decoded; undefined when no route matches.
 */
export function matchHttpRoute(
  routes: readonly HttpRoute[],
  method: string,
  path: string,
): HttpRouteMatch | undefined {
  const parts = partsOf(path);
  const matches = routes.flatMap((route) => {
    const pathParameters = parametersOf(route, method, parts);
    return pathParameters === undefined ? [] : [{ route, pathParameters }];
  });
  const [best] = matches.sort((a, b) => compareKeys(rank(a.route), rank(b.route)));
  return best && { ...best, routeKey: routeKeyOf(best.route) };
}

function parametersOf(
  route: HttpRoute,
  method: string,
  parts: readonly string[],
): Record<string, string> | undefined {
  if (isDefault(route)) return {};
  if (!isAny(route) && route.method.toUpperCase() !== method) return undefined;
  const wanted = partsOf(route.path);
  const greedy = greedyName(wanted.at(-1));
  if (greedy === undefined) return matchParts(wanted, parts);
  const fixed = wanted.slice(0, -1);
  if (parts.length <= fixed.length) return undefined;
  const before = matchParts(fixed, parts.slice(0, fixed.length));
  return before && { ...before, [greedy]: parts.slice(fixed.length).join('/') };
}

function matchParts(
  wanted: readonly string[],
  parts: readonly string[],
): Record<string, string> | undefined {
  if (wanted.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = parts[i] ?? '';
    const name = /^\{([^}]+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== value : value === '') return undefined;
    if (name !== undefined) setOwnMember(parameters, name, value);
  }
  return parameters;
}

// Compared part by part, the lower first: fixed text, a variable, a greedy variable, the default.
function rank(route: HttpRoute): number[] {
  if (isDefault(route)) return [3];
  const parts = partsOf(route.path).map((part) => {
    if (greedyName(part) !== undefined) return 2;
    return part.startsWith('{') ? 1 : 0;
  });
  return [Math.max(...parts) === 2 ? 2 : 0, ...parts, isAny(route) ? 1 : 0];
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function routeKeyOf(route: HttpRoute): string {
  if (isDefault(route)) return '$default';
  return `${isAny(route) ? 'ANY' : route.method.toUpperCase()} ${route.path}`;
}

function isDefault({ path, method }: HttpRoute): boolean {
  return path === '$default' || method === '$default';
}

function isAny({ method }: HttpRoute): boolean {
  return method.toUpperCase() === 'ANY' || method === 'x-amazon-apigateway-any-method';
}

function greedyName(part: string | undefined): string | undefined {
  return /^\{([^}+]+)\+\}$/.exec(part ?? '')?.[1];
}

function partsOf(path: string): string[] {
  return path.replace(/^\//, '').split('/');
}
