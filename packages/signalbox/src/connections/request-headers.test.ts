import { expect, test } from '@jest/globals';
import { requestHeaders } from './request-headers.ts';

test('a request to an API destination has the headers that EventBridge writes itself', () => {
  const given = { 'user-agent': 'mine', range: 'bytes=0-1', host: 'elsewhere', 'x-key': 'k' };

  expect(requestHeaders(given)).toEqual({
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Amazon/EventBridge/ApiDestinations',
    range: 'bytes=0-1048575',
    'x-key': 'k',
  });
});

test('the content type is the target’s own where it says one', () => {
  expect(requestHeaders({ 'content-type': 'text/plain' })['content-type']).toBe('text/plain');
});
