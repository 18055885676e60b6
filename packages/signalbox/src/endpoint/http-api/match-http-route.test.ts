import { describe, expect, test } from '@jest/globals';
import { matchHttpRoute } from './match-http-route.ts';

const route = (method: string, path: string) => ({
  method,
  path,
  functionName: 'f',
  authorizer: 'NONE' as const,
});

// The example of the developer guide, "Create routes for HTTP APIs".
const routes = [
  route('ANY', '$default'),
  route('ANY', '/{proxy+}'),
  route('GET', '/pets/{proxy+}'),
  route('GET', '/pets/dog/{id}'),
  route('GET', '/pets/dog/1'),
  route('post', '/orders'),
];

describe('matchHttpRoute()', () => {
  test.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', {}],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
    ['POST', '/test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
    ['POST', '/orders', 'POST /orders', {}],
    ['GET', '/orders', 'ANY /{proxy+}', { proxy: 'orders' }],
  ])('takes %s %s to the route %s', (method, path, routeKey, pathParameters) => {
    expect(matchHttpRoute(routes, method, path)).toMatchObject({ routeKey, pathParameters });
  });

  test('prefers the method named over ANY on the same path', () => {
    const both = [route('ANY', '/orders/{id}'), route('GET', '/orders/{id}')];

    expect(matchHttpRoute(both, 'GET', '/orders/1')?.routeKey).toBe('GET /orders/{id}');
    expect(matchHttpRoute(both, 'PUT', '/orders/1')?.routeKey).toBe('ANY /orders/{id}');
  });

  test('prefers a full match with ANY over a greedy one with the method named', () => {
    const both = [route('GET', '/{proxy+}'), route('ANY', '/orders/{id}')];

    expect(matchHttpRoute(both, 'GET', '/orders/1')?.routeKey).toBe('ANY /orders/{id}');
  });

  test('finds nothing without a default route', () => {
    const one = [route('GET', '/orders/{id}')];

    expect(matchHttpRoute(one, 'GET', '/orders')).toBeUndefined();
    expect(matchHttpRoute(one, 'GET', '/orders/')).toBeUndefined();
    expect(matchHttpRoute(one, 'GET', '/orders/1/lines')).toBeUndefined();
    expect(matchHttpRoute(one, 'HEAD', '/orders/1')).toBeUndefined();
  });
});
