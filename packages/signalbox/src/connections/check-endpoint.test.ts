import { expect, test } from '@jest/globals';
import { checkEndpoint } from './check-endpoint.ts';

test.each(['https://shop.example/orders', 'http://127.0.0.1:80/*'])('%s is an endpoint', (url) => {
  expect(() => checkEndpoint('InvocationEndpoint', url)).not.toThrow();
});

test.each([
  ...['file:///etc/passwd', 'ftp://shop.example', 'shop', 'http://', 'https:///orders'],
  ...['http://@', 'http://:80', 'http://shop\n.example', 'https://?q=1'],
])('%j is none', (url) => {
  expect(() => checkEndpoint('InvocationEndpoint', url)).toThrow(
    'Parameter InvocationEndpoint is not valid. Reason: Must be a URL of HTTP or HTTPS with a host.',
  );
});
