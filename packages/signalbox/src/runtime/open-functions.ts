import { join } from 'node:path';
import type { OnBug } from '../core/bugs/own-promise.ts';
import type { Clock } from '../core/clock.ts';
import type { KeptMaps } from '../core/kept-maps.ts';
import type { Limits } from '../core/limits.ts';
import type { Problem } from '../core/result.ts';
import type { Service, ServiceCall } from '../core/service.ts';
import type { Principals } from '../endpoint/principals.ts';
import type { Builds } from '../lambda/build/builds.ts';
import { toSqsEvent } from '../lambda/event-sources/sqs-event.ts';
import { createLambdaHost, type LambdaHost } from '../lambda/host.ts';
import type { FunctionLogEvent } from '../lambda/host-options.ts';
import { createLambdaService } from '../lambda/lambda-service.ts';
import type { PoolLimits } from '../lambda/pool.ts';
import { metricsOf } from '../services/cloudwatch/embedded-metrics.ts';
import type { App } from '../template/app.ts';
import { bucketNotifications } from './bucket-notifications.ts';
import { createEventSources } from './event-sources.ts';
import { openPipes } from './open-pipes.ts';
import type { OpenedServices } from './open-services.ts';
import { queueUrlOf } from './queue-url-of.ts';

/** The options that a rehearsal's functions are opened with. */
export interface FunctionsOptions {
  readonly root: string;
  readonly clock: Clock;
  /** Lets time stand still until the returned function is called. */
  readonly standStill?: (() => () => void) | undefined;
  readonly call: ServiceCall;
  readonly endpointUrl: string;
  readonly region: string;
  readonly accountId: string;
  readonly principals: Principals;
  readonly services: OpenedServices;
  readonly maps: KeptMaps;
  readonly limits: Limits;
  /** Such as `.aws-sam/build`: what `sam build` made runs instead of what the rehearsal bundles. */
  readonly prebuiltDirectory?: string | undefined;
  readonly functionWorkers?: Partial<PoolLimits> | undefined;
  /** What is built for all Regions. */
  readonly builds: Builds;
  /** Wraps the host, to note what runs. */
  readonly observed: (host: LambdaHost) => LambdaHost;
  readonly app: () => App;
  readonly say: (line: string) => void;
  readonly onBug: OnBug;
}

/** The functions of a rehearsal, and what calls them beside workflows. */
export interface OpenedFunctions {
  readonly service: Service;
  /** Follows a changed app: builds what changed and lets the right queues feed the right functions. */
  follow(app: App): Promise<readonly Problem[]>;
  /** What is wrong with the code of the functions that the last `follow` took. */
  problems(): Promise<readonly Problem[]>;
  /** Resolves when the bundles that the last `follow` began are made. */
  built(): Promise<void>;
  /** The files that the functions' bundles are made of: absolute paths. */
  inputs(): readonly string[];
  close(): Promise<void>;
}

/** Opens the Lambda host; functions are built when they are first needed. */
export function openFunctions(options: FunctionsOptions): OpenedFunctions {
  const { root, clock, call, principals, services, prebuiltDirectory, app, say, onBug } = options;
  const { limits } = options;
  const counted = services.ownMetrics.functions(
    createLambdaHost({
      root,
      region: options.region,
      functions: () => app().functions,
      endpointUrl: () => options.endpointUrl,
      credentialsFor: principals.issue,
      onLog: (event) => takeLog(options, event),
      onRemark: say,
      now: () => clock.now(),
      standStill: options.standStill,
      running: limits,
      limits: options.functionWorkers,
      builds: options.builds,
      ...(prebuiltDirectory === undefined
        ? {}
        : { prebuiltDirectory: join(root, prebuiltDirectory) }),
    }),
  );
  const host = options.observed(counted);
  const lambda = createLambdaService({
    host,
    clock,
    call,
    region: options.region,
    accountId: options.accountId,
    functions: () => app().functions,
    eventSourceMappings: services.eventSourceMappings,
    onDropped: say,
    queuedInvocations: limits.queuedInvocations,
    onBug,
  });
  const polling = pollingOf(options);
  const sources = createEventSources({ host, mappings: services.eventSourceMappings, ...polling });
  const pipes = openPipes({
    ...polling,
    queueUrl: (arn) => queueUrlOf(arn, options.endpointUrl),
    eventOf: (message, queueArn) => ({ ...toSqsEvent([message], queueArn).Records[0] }),
  });
  services.s3.onNotification(bucketNotifications({ ...options, onProblem: say }));
  let following: Promise<readonly Problem[]> = Promise.resolve([]);
  let bundled: Promise<void> = Promise.resolve();
  return {
    service: lambda.service,
    follow(next) {
      const fed = Promise.all([sources.follow(next), pipes.follow(next)]);
      following = fed.then(host.reload);
      bundled = fed.then(host.bundled);
      return following;
    },
    problems: () => following.catch(() => []), // whoever called follow hears of it
    built: () => bundled.catch(() => undefined), // whoever called follow hears of it
    inputs: host.inputs,
    async close() {
      await Promise.all([sources.stop(), pipes.stop()]);
      lambda.close();
      await host.close();
      await following.catch(() => undefined); // whoever called follow hears of it
    },
  };
}

/** Where those who poll queues and streams wait, and how far they have read. */
function pollingOf({ services, maps, clock, call, say: onProblem, onBug }: FunctionsOptions) {
  const { whenReceivable } = services.sqs;
  const { whenAfter, lastNumber } = services.dynamoDb.streams;
  const positions = maps.map<string>('streams/positions');
  return { clock, call, whenReceivable, whenAfter, lastNumber, positions, onProblem, onBug };
}

function takeLog({ services, region }: FunctionsOptions, event: FunctionLogEvent): void {
  const { logs, cloudWatch } = services;
  const { logGroup, logStream, timestampMs, message } = event;
  logs.append(logGroup, logStream, [{ timestampMs, message }]);
  cloudWatch.record(metricsOf(message), region);
}
