#!/usr/bin/env node
// Writes the tables of docs/capacity.md from the numbers of docs/capacity.json; with --check it says whether they are up to date.
import { readFileSync } from 'node:fs';
import { fillDocument, table } from './document-tables.mjs';

const FILE = 'docs/capacity.md';
const SCALES = [1, 10, 100];
const MONTH_SECONDS = 30 * 86_400;
const MONTH_HOURS = 730;

const numbers = JSON.parse(readFileSync('docs/capacity.json', 'utf8'));
const { quotas, prices } = numbers;

/** What a month and a peak second have at a scale. */
function loadAt(scale) {
  const n = numbers;
  const views = n.pageViewsAMonth * scale;
  const requests = views * n.requestsAPageView;
  const peak = (amount) => (amount / MONTH_SECONDS) * n.peakFactor;
  const staticRequests = requests * n.staticShare;
  const toBucket = staticRequests * (1 - n.staticHitRate);
  const toServers = (requests - staticRequests) * (1 - n.pageHitRate);
  const orders = views * n.orderShareOfPageViews;
  const servers = Math.max(
    2,
    Math.ceil(peak(toServers) / (n.requestsASecondAServer * n.serverPeakUse)),
  );
  return { scale, views, requests, peak, toBucket, toServers, orders, servers };
}

function limits({ peak, requests, toServers, orders, servers }) {
  const n = numbers;
  const pages = peak(toServers);
  const order = peak(orders);
  return [
    ['Requests at the edge', peak(requests), quotas.cloudFrontRequestsASecond, '/s'],
    [
      'Requests of servers to the orders API',
      pages + order,
      quotas.ordersApiThrottle,
      '/s, throttle of ours',
    ],
    ['Requests to the APIs of the account', pages * 2 + order, quotas.httpApiRequestsASecond, '/s'],
    ['Orders started', order, quotas.startExecutionsASecond, '/s'],
    ['State transitions', order * n.transitionsAnOrder, quotas.stateTransitionsASecond, '/s'],
    [
      'Functions at the same time',
      (order * n.invocationsAnOrder + pages) * n.functionSeconds,
      quotas.lambdaConcurrency,
      '',
    ],
    ['Events', order * n.eventsAnOrder, quotas.eventsASecond, '/s'],
    ['Table writes', order * n.tableWritesAnOrder, quotas.tableWritesASecond, '/s'],
    [
      'Writes to the index of open orders',
      order * 2,
      quotas.openOrdersIndexWritesASecond,
      '/s, one partition',
    ],
    [
      'Data API calls',
      order * n.dataApiCallsAnOrder + pages * 0.1,
      quotas.dataApiCallsASecond,
      '/s, of Serverless v1',
    ],
    ['vCPUs of servers', servers * 2, quotas.onDemandVcpus, ''],
    ['Database connections', 5 + servers, 1600, ', db.r6g.large'],
  ];
}

function costs({ views, requests, toServers, orders, servers, scale }) {
  const n = numbers;
  const p = prices;
  const meanServers = Math.max(2, Math.ceil(servers * 0.5));
  const spot = Math.max(0, meanServers - 2) * 0.75;
  const serverMonths = meanServers - spot + spot * p.spotShareOfPrice;
  const gigabytes = (views * n.kilobytesAPageView) / 1e6;
  const invocations = orders * n.invocationsAnOrder + toServers;
  const databases = 2 * Math.max(1, scale / 10);
  return [
    [
      'CloudFront, requests and gigabytes',
      (requests / 10_000) * p.cloudFrontTenThousandRequests + gigabytes * p.cloudFrontGigabyte,
    ],
    [
      'Servers: base on demand, three quarters of the rest Spot',
      serverMonths * p.serverHour * MONTH_HOURS,
    ],
    [
      'Load balancer and one NAT',
      (p.balancerHour +
        p.natHour +
        p.balancerUnitHour * Math.max(1, toServers / MONTH_SECONDS / 25)) *
        MONTH_HOURS +
        ((toServers * 4) / 1e6) * p.natGigabyte,
    ],
    [
      'Aurora, writer and readers',
      databases * p.databaseHour * MONTH_HOURS + ((orders * 20) / 1e6) * p.databaseIoMillion,
    ],
    ['Cache', 2 * Math.max(1, scale / 10) * p.cacheHour * MONTH_HOURS],
    ['Step Functions', ((orders * n.transitionsAnOrder) / 1000) * p.transitionThousand],
    [
      'Lambda',
      (invocations / 1e6) * p.invocationMillion +
        invocations * n.functionSeconds * 0.25 * p.functionGigabyteSecond,
    ],
    [
      'DynamoDB',
      ((orders * n.tableWritesAnOrder) / 1e6) * p.tableWriteMillion +
        ((toServers * n.tableReadsAPage) / 1e6) * p.tableReadMillion,
    ],
    [
      'EventBridge, APIs, Data API',
      ((orders * n.eventsAnOrder) / 1e6) * p.eventMillion +
        ((toServers + orders) / 1e6) * p.apiMillion +
        (orders / 1e6) * p.dataApiMillion,
    ],
    ['Logs', (((toServers + invocations) * n.logKilobytesARequest) / 1e6) * p.logGigabyte],
  ];
}

const loads = SCALES.map(loadAt);
const figure = (value) =>
  value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : Number(value.toPrecision(2)).toString();
const dollars = (value) => `$${figure(value)}`;

const heads = SCALES.map((scale) => `×${scale}`);
const perMonth = [
  ['Page views a month', ({ views }) => views],
  ['Requests a second at peak, edge', ({ peak, requests }) => peak(requests)],
  ['of them to the static bucket', ({ peak, toBucket }) => peak(toBucket)],
  ['of them to servers', ({ peak, toServers }) => peak(toServers)],
  ['Orders a month', ({ orders }) => orders],
  ['Orders a second at peak', ({ peak, orders }) => peak(orders)],
  ['Servers at peak', ({ servers }) => servers],
];
const limitRows = limits(loads[0]).map(([name, , quota, unit], at) => [
  name,
  ...loads.map((load) => {
    const [, value] = limits(load)[at];
    return value > quota
      ? `**${figure(value)}**`
      : value > quota / 2
        ? `*${figure(value)}*`
        : figure(value);
  }),
  `${quota.toLocaleString('en-US')}${unit}`,
]);
const costRows = costs(loads[0]).map(([name], at) => [
  name,
  ...loads.map((load) => dollars(costs(load)[at][1])),
]);
const sum = (load) => costs(load).reduce((total, [, value]) => total + value, 0);

const tables = {
  load: table(
    ['', ...heads],
    perMonth.map(([name, of]) => [name, ...loads.map((load) => figure(of(load)))]),
  ),
  limits: table(['at peak', ...heads, 'quota'], limitRows),
  costs: table(
    ['a month', ...heads],
    [...costRows, ['**sum**', ...loads.map((load) => `**${dollars(sum(load))}**`)]],
  ),
};

fillDocument(FILE, tables, `${FILE} is not what docs/capacity.json says: node bin/capacity.mjs`);
