#!/usr/bin/env node
// Counts what a stack costs at rest from the templates, into docs/costs.md; with --check it says whether that is up to date.
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { fillDocument, table } from './document-tables.mjs';

const FILE = 'docs/costs.md';
const DOMAINS = ['operations', 'orders', 'failover', 'lifecycle', 'costs'];
const MONTH_MINUTES = 31 * 1_440;
const MINUTES = { minute: 1, hour: 60, day: 1_440 };

/** Dollars a month, us-east-1, November 2026, without the free tier. */
const PRICES = { alarmMetric: 0.1, compositeAlarm: 0.5, dashboard: 3, secret: 0.4 };
/** Dollars of one run of a function that only looks: its invocation, and half a second of 256 MB on arm64. */
const RUN = 0.2 / 1_000_000 + 0.5 * 0.25 * 0.0000133334;

const read = (file) =>
  parseDocument(readFileSync(file, 'utf8'), { merge: true, logLevel: 'silent' }).toJS();
const { Parameters: parameters } = read('template.yaml');

const stacks = DOMAINS.map((domain) => {
  const resources = Object.entries(read(`stacks/${domain}.yaml`).Resources);
  const of = (type) => resources.filter(([, { Type }]) => Type === type);
  const alarms = of('AWS::CloudWatch::Alarm');
  return {
    domain,
    alarms: alarms.length,
    alarmMetrics: sum(alarms, ([, { Properties }]) => metricsOf(Properties)),
    compositeAlarms: of('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    secrets: of('AWS::SecretsManager::Secret').length,
    functions: of('AWS::Serverless::Function').length,
    tables: of('AWS::DynamoDB::Table').length,
    runs: of('AWS::Serverless::Function').flatMap(([name, { Properties = {} }]) =>
      Object.values(Properties.Events ?? {}).flatMap((event) => runsOf(name, event)),
    ),
  };
});

/** An alarm pays for each metric that it looks at. */
function metricsOf({ Metrics }) {
  return Metrics === undefined ? 1 : Metrics.filter(({ MetricStat }) => MetricStat).length;
}

/** Functions that a rate calls; what a calendar calls is called once a day at most. */
function runsOf(name, { Type, Properties }) {
  if (Type !== 'ScheduleV2' && Type !== 'Schedule') return [];
  const given = Properties.ScheduleExpression ?? Properties.Schedule;
  const expression = parameters[given]?.Default ?? given;
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (unit === undefined) return [];
  const runs = MONTH_MINUTES / (Number(count) * MINUTES[unit]);
  return [{ name: name.replace(/Function$/, ''), expression, runs }];
}

function sum(list, of) {
  return list.reduce((total, one) => total + of(one), 0);
}

const dollars = (amount) => `$${amount.toFixed(2)}`;

function atRest() {
  const price = (one) =>
    one.alarmMetrics * PRICES.alarmMetric +
    one.compositeAlarms * PRICES.compositeAlarm +
    one.dashboards * PRICES.dashboard +
    one.secrets * PRICES.secret;
  const columns = [
    'functions',
    'tables',
    'alarms',
    'alarmMetrics',
    'compositeAlarms',
    'dashboards',
    'secrets',
  ];
  const cells = (one) => columns.map((column) => `${one[column]}`);
  const all = Object.fromEntries(
    columns.map((column) => [column, sum(stacks, (one) => one[column])]),
  );
  return table(
    [
      'stack',
      'functions',
      'tables',
      'alarms',
      'metrics they look at',
      'composite alarms',
      'dashboards',
      'secrets',
      'a month',
    ],
    [
      ...stacks.map((one) => [one.domain, ...cells(one), dollars(price(one))]),
      ['**sum**', ...cells(all), `**${dollars(price(all))}**`],
    ],
  );
}

function schedules() {
  const runs = stacks.flatMap((one) => one.runs);
  return table(
    ['function', 'called', 'calls a month', 'a month'],
    runs.map(({ name, expression, runs: count }) => [
      `\`${name}\``,
      expression,
      count.toLocaleString('en-US'),
      dollars(count * RUN),
    ]),
    ['---', '---', '--:', '--:'],
  );
}

const tables = { 'at-rest': atRest(), schedules: schedules() };
fillDocument(FILE, tables, `${FILE} is not what the templates say: node bin/costs.mjs`);
