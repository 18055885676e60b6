import type { Json, JsonObject } from '../../core/json.ts';
import type { AlarmResource } from '../alarm-resource.ts';
import { checkKeys } from '../check-keys.ts';
import type { Node } from '../document/node.ts';
import { arnOf } from '../stack.ts';
import type { PropertyReader } from './property-reader.ts';
import type { Naming, Reading, ResourceType } from './resource-type.ts';

const COMMON = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'InsufficientDataActions',
  'OKActions',
];

const NUMBERS = ['DatapointsToAlarm', 'EvaluationPeriods', 'Period', 'Threshold'];

const TEXTS = [
  'ComparisonOperator',
  'EvaluateLowSampleCountPercentile',
  'ExtendedStatistic',
  'MetricName',
  'Namespace',
  'Statistic',
  'TreatMissingData',
  'Unit',
];

export const alarm: ResourceType = {
  type: 'AWS::CloudWatch::Alarm',
  nameProperty: 'AlarmName',
  maxNameLength: 255,
  supported: [...COMMON, ...NUMBERS, ...TEXTS, 'Dimensions', 'Metrics'],
  inert: ['Tags'],
  refused: {
    EvaluationCriteria: 'it has no PromQL',
    EvaluationInterval: 'it has no PromQL',
    EvaluationWindow: 'its windows end at each evaluation',
    ThresholdMetricId: 'it learns no anomaly bands',
    WarmUpConfiguration: 'its alarms are evaluated from the start',
  },
  identify,
  read: (reading) => ({ alarms: [readAlarm(reading)] }),
};

export const compositeAlarm: ResourceType = {
  type: 'AWS::CloudWatch::CompositeAlarm',
  nameProperty: 'AlarmName',
  maxNameLength: 255,
  supported: [...COMMON, 'AlarmRule'],
  inert: ['Tags'],
  refused: {
    ActionsSuppressor: 'its actions are never suppressed',
    ActionsSuppressorExtensionPeriod: 'its actions are never suppressed',
    ActionsSuppressorWaitPeriod: 'its actions are never suppressed',
  },
  identify,
  read: (reading) => ({
    compositeAlarms: [
      {
        ...placed(reading),
        putCompositeAlarm: {
          ...common(reading),
          AlarmRule: reading.properties.requiredText('AlarmRule'),
        },
      },
    ],
  }),
};

function identify({ name, stack }: Naming) {
  const Arn = arnOf(stack, 'cloudwatch', `alarm:${name}`);
  return { physicalId: name, ref: name, attributes: { Arn } };
}

function placed({ resource, name, identity }: Reading) {
  const { file, line } = resource.place;
  const arn = identity.attributes['Arn'] ?? '';
  return { logicalId: resource.logicalId, name, arn, place: { file, line } };
}

function common({ name, properties }: Reading): JsonObject {
  const lists = ['AlarmActions', 'InsufficientDataActions', 'OKActions'];
  return defined({
    AlarmName: name,
    AlarmDescription: properties.text('AlarmDescription'),
    ActionsEnabled: properties.flag('ActionsEnabled'),
    ...Object.fromEntries(
      lists.flatMap((list) => (properties.has(list) ? [[list, properties.texts(list)]] : [])),
    ),
  });
}

function readAlarm(reading: Reading): AlarmResource {
  const { properties } = reading;
  if (!properties.has('EvaluationPeriods')) {
    properties.refuse('EvaluationPeriods', 'it needs EvaluationPeriods');
  }
  properties.requiredText('ComparisonOperator');
  return {
    ...placed(reading),
    putMetricAlarm: defined({
      ...common(reading),
      ...Object.fromEntries(NUMBERS.map((name) => [name, properties.number(name)])),
      ...Object.fromEntries(TEXTS.map((name) => [name, properties.text(name)])),
      Dimensions: properties.has('Dimensions') ? dimensionsOf(properties, reading) : undefined,
      Metrics: properties.has('Metrics') ? metricsOf(reading) : undefined,
    }),
  };
}

function metricsOf(reading: Reading): readonly Json[] {
  const { properties } = reading;
  check(properties.items('Metrics'), reading, 'Metrics', [
    'Expression',
    'Id',
    'Label',
    'MetricStat',
    'Period',
    'ReturnData',
  ]);
  return properties.maps('Metrics').map((query) =>
    defined({
      Id: query.requiredText('Id'),
      Expression: query.text('Expression'),
      Label: query.text('Label'),
      Period: query.number('Period'),
      ReturnData: query.flag('ReturnData'),
      MetricStat: query.has('MetricStat') ? metricStatOf(query, reading) : undefined,
    }),
  );
}

function metricStatOf(query: PropertyReader, reading: Reading): Json {
  const stat = query.map('MetricStat');
  const metric = stat.map('Metric');
  check(query.items('MetricStat'), reading, 'MetricStat', ['Metric', 'Period', 'Stat', 'Unit']);
  check(stat.items('Metric'), reading, 'Metric', ['Dimensions', 'MetricName', 'Namespace']);
  return defined({
    Metric: defined({
      Namespace: metric.requiredText('Namespace'),
      MetricName: metric.requiredText('MetricName'),
      Dimensions: dimensionsOf(metric, reading),
    }),
    Period: stat.number('Period'),
    Stat: stat.requiredText('Stat'),
    Unit: stat.text('Unit'),
  });
}

function dimensionsOf(properties: PropertyReader, reading: Reading): readonly Json[] {
  check(properties.items('Dimensions'), reading, 'Dimensions', ['Name', 'Value']);
  return properties.maps('Dimensions').map((dimension) => ({
    Name: dimension.requiredText('Name'),
    Value: dimension.requiredText('Value'),
  }));
}

function check(
  nodes: readonly Node[],
  { resource, report }: Reading,
  name: string,
  known: readonly string[],
): void {
  const what = `${name} of alarm ${resource.logicalId}`;
  for (const node of nodes) checkKeys(node, { what, known }, report);
}

/** Leaves out what a template does not say. */
function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  const object: Record<string, Json> = {};
  for (const [name, value] of Object.entries(members))
    if (value !== undefined) object[name] = value;
  return object;
}
