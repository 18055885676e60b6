import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { headerOf, type WireRequest } from './wire-message.ts';

/** The method and path of a REST operation, by its `http` trait. */
export interface OperationRoute {
  readonly operation: string;
  readonly method: string;
  readonly pattern: RegExp;
  /** Names of the path's labels, in order. */
  readonly labels: readonly string[];
  /** Query parameters that the URI template fixes; undefined means any value. */
  readonly fixedQuery: ReadonlyMap<string, string | undefined>;
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
  /** Amazon S3: whether the operation is about one bucket. */
  readonly takesBucket: boolean;
}

/** A route found, with the path's labels decoded. */
export interface RouteMatch {
  readonly operation: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Reads an operation's route, if it is bound to HTTP at all. */
export function routeOf([
  ,
  ,
  operation,
  traits,
  inputRef,
]: StaticOperationSchema): OperationRoute[] {
  const http = typeof traits === 'object' ? traits.http : undefined;
  if (http === undefined) return [];
  const [method, uri] = http;
  const [path = '', query = ''] = uri.split('?');
  const labels = [...path.matchAll(/\{(\w+)\+?\}/g)].flatMap(([, label]) => label ?? []);
  const fixedQuery = new Map(
    query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair): [string, string | undefined] => {
        const [key = '', value] = pair.split('=');
        return [key, value];
      }),
  );
  const input = NormalizedSchema.of(inputRef);
  const takesBucket =
    input.isStructSchema() && 'Bucket' in Object.fromEntries(input.structIterator());
  const pattern = patternOf(path);
  return [
    { operation, method, pattern, labels, fixedQuery, takesBucket, ...requiredBindings(input) },
  ];
}

/** Orders routes so that the most specific comes first. */
export function sortRoutes(routes: readonly OperationRoute[]): OperationRoute[] {
  const weight = ({
    fixedQuery,
    requiredQuery,
    requiredHeaders,
    pattern,
    labels,
  }: OperationRoute) =>
    ((fixedQuery.has('x-id') ? 0 : fixedQuery.size) * 10 +
      requiredQuery.length +
      requiredHeaders.length) *
      1000 +
    pattern.source.length -
    labels.length * 20;
  return [...routes].sort((a, b) => weight(b) - weight(a));
}

/** Finds the operation that a REST request means, or undefined. */
export function matchRoute(
  routes: readonly OperationRoute[],
  request: WireRequest,
): RouteMatch | undefined {
  const candidates = routes.filter(
    (route) =>
      route.method === request.method &&
      route.pattern.test(request.path) &&
      hasFixedQuery(route, request.query),
  );
  // Two S3 operations may share method and path: then a required parameter distinguishes them.
  const route = candidates.find((each) => hasRequired(each, request)) ?? candidates[0];
  if (route === undefined) return undefined;
  const values = route.pattern.exec(request.path)?.slice(1) ?? [];
  return {
    operation: route.operation,
    labels: Object.fromEntries(
      route.labels.map((label, i) => [label, decodeURIComponent(values[i] ?? '')]),
    ),
  };
}

function patternOf(path: string): RegExp {
  const source = path
    .split(/(\{\w+\+?\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
      return part.endsWith('+}') ? '(.+)' : '([^/]+)';
    })
    .join('');
  return new RegExp(`^${source}/?$`);
}

// A structure's schema lists its required members first and ends with their number.
function requiredBindings(input: NormalizedSchema) {
  const schema = input.getSchema();
  const count = Array.isArray(schema) && typeof schema[6] === 'number' ? schema[6] : 0;
  const required = input.isStructSchema() ? [...input.structIterator()].slice(0, count) : [];
  const traits = required.map(([, member]) => member.getMergedTraits());
  return {
    requiredQuery: traits.flatMap(({ httpQuery }) => httpQuery ?? []),
    requiredHeaders: traits.flatMap(({ httpHeader }) => httpHeader?.toLowerCase() ?? []),
  };
}

function hasFixedQuery({ fixedQuery }: OperationRoute, query: URLSearchParams): boolean {
  return [...fixedQuery].every(([key, value]) => {
    // The JavaScript SDK alone writes x-id; other clients leave it out.
    if (key === 'x-id' && !query.has(key)) return true;
    return query.has(key) && (value === undefined || query.get(key) === value);
  });
}

function hasRequired(
  { requiredQuery, requiredHeaders }: OperationRoute,
  request: WireRequest,
): boolean {
  return (
    requiredQuery.every((key) => request.query.has(key)) &&
    requiredHeaders.every((name) => headerOf(request, name) !== undefined)
  );
}
