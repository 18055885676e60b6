import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readApp } from '../packages/signalbox/src/runtime/read-app.ts';

const read = readApp('.', 'http://127.0.0.1:4700');
if (!read.ok) throw new Error(JSON.stringify(read.problems));

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** The routes of all APIs, as the resources of `execute-api:Invoke` end. */
const routes = read.value.httpApis.flatMap(({ logicalId, routes: own }) =>
  own.map(({ method, path }) => `${logicalId} ${method}${path.replaceAll(/\{\w+\}/g, 'x')}`),
);

/** Which routes a sample policy allows: a denial counts more than what is allowed. */
function allowedBy(policy: string): readonly string[] {
  const { Statement: statements }: { readonly Statement: readonly Statement[] } = JSON.parse(
    readFileSync(`docs/policies/${policy}.json`, 'utf8'),
  );
  const has = (effect: string, route: string) =>
    statements.some(
      ({ Effect, Action, Resource }) =>
        Effect === effect &&
        [Action].flat().includes('execute-api:Invoke') &&
        [Resource].flat().some((resource) => matches(resource, route)),
    );
  return routes.filter((route) => has('Allow', route) && !has('Deny', route)).sort();
}

function matches(resource: string, route: string): boolean {
  const [, api = '', path = ''] =
    /:(ORDERS|OPERATIONS|FAILOVERS)_API_ID\/\$default\/(.*)$/.exec(resource) ?? [];
  const name = `${api.slice(0, 1)}${api.slice(1).toLowerCase()}Api`;
  const pattern = path.split('*').map(quoted).join('.*');
  return api !== '' && new RegExp(`^${name} ${pattern}$`).test(route);
}

function quoted(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
}

describe('the sample policy of', () => {
  test.each([
    [
      'shop',
      [
        'OrdersApi GET/orders/x',
        'OrdersApi GET/users/x',
        'OrdersApi GET/users/x/orders',
        'OrdersApi POST/orders',
        'OrdersApi PUT/users/x',
      ],
    ],
    [
      'operator',
      [
        'FailoversApi POST/failovers/x/steps/x',
        'OperationsApi GET/approvals',
        'OrdersApi GET/approvals',
        'OrdersApi GET/orders/x',
        'OrdersApi GET/users/x',
        'OrdersApi GET/users/x/orders',
        'OrdersApi POST/orders/x/shipment',
        'OrdersApi PUT/inventory/x',
        'OrdersApi PUT/users/x',
      ],
    ],
    [
      'approver',
      [
        'OperationsApi GET/approvals',
        'OperationsApi POST/approvals/x',
        'OrdersApi GET/approvals',
        'OrdersApi GET/orders/x',
        'OrdersApi POST/orders/x/approval',
      ],
    ],
    [
      'auditor',
      [
        'OperationsApi GET/approvals',
        'OrdersApi GET/approvals',
        'OrdersApi GET/orders/x',
        'OrdersApi GET/users/x',
        'OrdersApi GET/users/x/orders',
      ],
    ],
  ])('%s allows what it is for and nothing else', (policy, allowed) => {
    expect(allowedBy(policy)).toEqual(allowed);
  });

  test('somebody allows every route there is', () => {
    const all = ['shop', 'operator', 'approver', 'auditor'].flatMap(allowedBy);

    expect([...new Set(all)].sort()).toEqual([...routes].sort());
  });
});
