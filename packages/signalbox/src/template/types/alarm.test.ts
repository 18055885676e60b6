import { describe, expect, test } from '@jest/globals';
import { appOf, problemsOf } from '../temporary-project.ts';

function alarm(properties: string): string {
  return `Parameters:
  Minutes: { Type: Number, Default: 5 }
Resources:
  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: alarms } }
  Slow:
    Type: AWS::CloudWatch::Alarm
    Properties:
      EvaluationPeriods: 2
      ComparisonOperator: GreaterThanThreshold
      Threshold: 1.5
${properties.replace(/^/gm, '      ')}
`;
}

describe('AWS::CloudWatch::Alarm', () => {
  test('becomes the input of PutMetricAlarm, its references resolved and its numbers numbers', () => {
    const [read] = appOf(
      alarm(`AlarmActions: [!Ref Topic]
ActionsEnabled: false
Namespace: Shop
MetricName: Latency
Dimensions: [{ Name: Environment, Value: !Ref AWS::StackName }]
ExtendedStatistic: p99
Period: !Ref Minutes
TreatMissingData: notBreaching`),
    ).alarms;

    expect(read).toMatchObject({
      logicalId: 'Slow',
      name: 'shop-Slow',
      place: { file: 'template.yaml', line: 5 },
    });
    expect(read?.putMetricAlarm).toEqual({
      AlarmName: read?.name,
      AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:alarms'],
      ActionsEnabled: false,
      Namespace: 'Shop',
      MetricName: 'Latency',
      Dimensions: [{ Name: 'Environment', Value: 'shop' }],
      ExtendedStatistic: 'p99',
      Period: 5,
      EvaluationPeriods: 2,
      Threshold: 1.5,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('has expressions', () => {
    const [read] = appOf(
      alarm(`Metrics:
  - { Id: all, Expression: SUM(METRICS()), Label: All }
  - Id: m1
    ReturnData: false
    MetricStat: { Period: 60, Stat: Sum, Metric: { Namespace: Shop, MetricName: Errors } }`),
    ).alarms;

    expect(read?.putMetricAlarm['Metrics']).toEqual([
      { Id: 'all', Expression: 'SUM(METRICS())', Label: 'All' },
      {
        Id: 'm1',
        ReturnData: false,
        MetricStat: {
          Period: 60,
          Stat: 'Sum',
          Metric: { Namespace: 'Shop', MetricName: 'Errors', Dimensions: [] },
        },
      },
    ]);
  });

  test.each([
    ['ThresholdMetricId: band', 'does not support ThresholdMetricId: it learns no anomaly bands'],
    ['Metric: x', 'has no Metric that the rehearsal knows'],
    ['Metrics: [{ Id: m, Stat: Sum }]', 'Metrics of alarm Slow has no Stat'],
    ['Period: often', 'Period must be a number, not often'],
    ['Dimensions: [{ Name: a, Values: b }]', 'Dimensions of alarm Slow has no Values'],
  ])('is refused with %s', (property, message) => {
    expect(problemsOf(alarm(property)).join('\n')).toContain(message);
  });
});

describe('AWS::CloudWatch::CompositeAlarm', () => {
  const composite = (properties: string): string => `Resources:
  Both:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties: { AlarmName: both, ${properties} }
`;

  test('becomes the input of PutCompositeAlarm', () => {
    expect(appOf(composite('AlarmRule: ALARM(a) AND ALARM(b)')).compositeAlarms).toMatchObject([
      {
        name: 'both',
        putCompositeAlarm: { AlarmName: 'both', AlarmRule: 'ALARM(a) AND ALARM(b)' },
      },
    ]);
  });

  test('is refused without a rule, and with a suppressor', () => {
    expect(problemsOf(composite('ActionsEnabled: true')).join()).toContain('it needs an AlarmRule');
    expect(problemsOf(composite('AlarmRule: "TRUE", ActionsSuppressor: a')).join()).toContain(
      'does not support ActionsSuppressor: its actions are never suppressed',
    );
  });
});
