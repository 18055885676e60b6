#!/usr/bin/env node
// Writes src/template/property-constraints.json: what the models of the calls that CloudFormation makes demand of a
// resource's properties, where property and member are the same thing. Made of what make-constraints.mjs has made.
// usage: node make-property-constraints.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** By type: the calls, with members that are no property (left out) or one of another name. */
const TYPES = {
  'AWS::CloudWatch::Alarm': [{ call: 'monitoring PutMetricAlarm' }],
  'AWS::CloudWatch::CompositeAlarm': [{ call: 'monitoring PutCompositeAlarm' }],
  'AWS::Events::ApiDestination': [{ call: 'events CreateApiDestination' }],
  'AWS::Events::Archive': [
    { call: 'events CreateArchive', names: { EventSourceArn: 'SourceArn' } },
  ],
  'AWS::Events::Connection': [{ call: 'events CreateConnection' }],
  'AWS::Events::EventBus': [{ call: 'events CreateEventBus' }],
  'AWS::Events::Rule': [
    { call: 'events PutRule' },
    { call: 'events PutTargets', leftOut: ['Rule', 'EventBusName'] },
  ],
  // The list of runtimes grows, and an unknown one is said at the function itself.
  'AWS::Lambda::Function': [{ call: 'lambda CreateFunction', leftOut: ['Runtime', 'Code'] }],
  'AWS::Lambda::EventInvokeConfig': [{ call: 'lambda PutFunctionEventInvokeConfig' }],
  'AWS::Lambda::EventSourceMapping': [{ call: 'lambda CreateEventSourceMapping' }],
  'AWS::Logs::LogGroup': [{ call: 'logs CreateLogGroup' }],
  'AWS::Scheduler::Schedule': [{ call: 'scheduler CreateSchedule' }],
  'AWS::Scheduler::ScheduleGroup': [{ call: 'scheduler CreateScheduleGroup' }],
  'AWS::SecretsManager::Secret': [{ call: 'secretsmanager CreateSecret' }],
  'AWS::SSM::Parameter': [{ call: 'ssm PutParameter' }],
  'AWS::StepFunctions::Activity': [{ call: 'states CreateActivity' }],
  'AWS::StepFunctions::StateMachine': [
    {
      call: 'states CreateStateMachine',
      names: { Name: 'StateMachineName', Type: 'StateMachineType' },
      leftOut: ['Definition', 'VersionDescription'],
    },
  ],
};

/** The properties that are numbers: of a text, a bound is one of its length. */
const NUMBERS =
  /(?:^|\.)(?:BatchSize|Count|DatapointsToAlarm|EvaluationPeriods|EvaluationInterval|MemorySize|Timeout|Period|Size|RetentionDays|InvocationRateLimitPerSecond|ParallelizationFactor|ActionsSuppressor\w*Period|\w*(?:InSeconds|InMinutes|Attempts|Concurrency|Pollers)|TaskCount)$/;

const sources = join(import.meta.dirname, 'src/endpoint/constraints/data');
const made = Object.entries(TYPES).map(([type, calls]) => {
  const properties = calls.flatMap(({ call, names = {}, leftOut = [] }) => {
    const [service, operation] = call.split(' ');
    const of = JSON.parse(readFileSync(join(sources, `${service}.json`), 'utf8'))[operation] ?? {};
    return Object.entries(of).flatMap(([path, constraint]) => {
      const [first, ...rest] = path.split('.').map(capitalized);
      if (leftOut.includes(first)) return [];
      const property = [names[first] ?? first, ...rest].join('.');
      return [[property, NUMBERS.test(property) ? { ...constraint, isNumber: true } : constraint]];
    });
  });
  return `  ${JSON.stringify(type)}: ${JSON.stringify(Object.fromEntries(properties))}`;
});
writeFileSync(
  join(import.meta.dirname, 'src/template/property-constraints.json'),
  `{\n${made.join(',\n')}\n}\n`,
);

function capitalized(name) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
