import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import type { SkippingClock } from '../../packages/signalbox/src/core/skipping-clock.ts';
import { type StartedRehearsal, startRehearsal } from '../rehearsals/start-rehearsal.ts';
import { createInjectedFaults, type InjectedFaults } from './injected-faults.ts';
import { createJournal, type Journal, type JournalNames } from './journal.ts';
import { createLastCalls, type LastCalls } from './last-calls.ts';

/** A rehearsal in which one run after the other is played. */
export interface FailoverStage extends StartedRehearsal {
  readonly journal: Journal;
  readonly lastCalls: LastCalls;
  readonly injectedFaults: InjectedFaults;
  readonly names: JournalNames;
  readonly clock: SkippingClock;
  readonly machineArn: string;
  readonly definition: JsonObject;
  /** The workflow's time-out as it is now. */
  readonly timeout: { seconds: Json | undefined };
  /** The failover plan as it is deployed. */
  readonly failoverPlan: Json;
  readonly reportsBucket: string;
  readonly states: SFNClient;
  readonly parameters: SSMClient;
  readonly events: EventBridgeClient;
  readonly alarms: CloudWatchClient;
  readonly tables: DynamoDBDocumentClient;
  readonly objects: S3Client;
}

/** Starts a rehearsal of the project in `root` for runs of the randomised test. */
export async function openFailoverStage(root: string): Promise<FailoverStage> {
  const injectedFaults = createInjectedFaults();
  const journal = createJournal(injectedFaults.isLostAnswer);
  const lastCalls = createLastCalls();
  const rehearsal = await startRehearsal({
    root,
    onCall(call) {
      journal.onCall(call);
      lastCalls.onCall(call);
    },
    injectedFaultOf: injectedFaults.injectedFaultOf,
  });
  const { stage, runtime } = rehearsal;
  const { skippingClock } = runtime;
  if (skippingClock === undefined) throw new RangeError('The clock does not skip');
  const states = new SFNClient(stage.client);
  const machineArn = stage.physicalId('DrFailoverStateMachine');
  const { definition = '' } = await states.send(
    new DescribeStateMachineCommand({ stateMachineArn: machineArn }),
  );
  const parameters = new SSMClient(stage.client);
  const { Parameter } = await parameters.send(
    new GetParameterCommand({ Name: stage.physicalId('DrPlan') }),
  );
  const parsed: Json = JSON.parse(definition);
  const machine = isJsonObject(parsed) ? parsed : {};
  return {
    ...rehearsal,
    journal,
    lastCalls,
    injectedFaults,
    clock: skippingClock,
    names: {
      failoversTable: stage.physicalId('FailoversTable'),
      locksTable: stage.physicalId('FailoverLocksTable'),
      ownBuckets: stage.physicalIds('AWS::S3::Bucket'),
      region: runtime.app().region,
    },
    machineArn,
    definition: machine,
    timeout: { seconds: machine['TimeoutSeconds'] },
    failoverPlan: JSON.parse(Parameter?.Value ?? 'null'),
    reportsBucket: stage.physicalId('ReportsBucket'),
    states,
    parameters,
    events: new EventBridgeClient(stage.client),
    alarms: new CloudWatchClient(stage.client),
    tables: DynamoDBDocumentClient.from(new DynamoDBClient(stage.client)),
    objects: new S3Client({ ...stage.client, forcePathStyle: true }),
  };
}
