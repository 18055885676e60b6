import type { Delivery } from '../bus/delivery.ts';
import { AwsError } from '../core/aws-error.ts';
import type { JsonObject } from '../core/json.ts';
import { ownMember } from '../core/names/own-member.ts';
import type { Mount } from '../endpoint/server.ts';
import type { LambdaHost } from '../lambda/host.ts';
import type { Datapoint } from '../services/cloudwatch/datapoint.ts';

/** Counts what AWS's services say of themselves in CloudWatch. */
export interface OwnMetrics {
  /** AWS/States: an execution's event of a change of status. */
  execution(event: { readonly detail: JsonObject; readonly time: Date }): void;
  /** AWS/Events: a delivery that is over. */
  delivery(delivery: Delivery): void;
  /** AWS/Lambda: a host whose invocations are counted. */
  functions(host: LambdaHost): LambdaHost;
  /** AWS/ApiGateway: an API whose responses are counted. */
  api(apiId: string, mount: Mount): Mount;
}

/** The recorder of the counts, and the time. */
export interface OwnMetricsOptions {
  readonly record: (datapoints: readonly Datapoint[]) => void;
  readonly now: () => Date;
}

const EXECUTION_METRICS: Readonly<Record<string, string>> = {
  RUNNING: 'ExecutionsStarted',
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/** What Lambda counts of invocations that it does not let in. */
const REFUSALS: Readonly<Record<string, string>> = {
  TooManyRequestsException: 'Throttles',
  RecursiveInvocationException: 'RecursiveInvocationsDropped',
};

/** Makes the counts of AWS's own metrics. */
export function createOwnMetrics({ record, now }: OwnMetricsOptions): OwnMetrics {
  const count = (
    namespace: string,
    dimensions: Readonly<Record<string, string>>,
    values: Readonly<Record<string, number>>,
    unit: Datapoint['unit'] = 'Count',
    timestampMs = now().getTime(),
  ): void =>
    record(
      Object.entries(values).map(([metricName, value]) => ({
        namespace,
        metricName,
        dimensions,
        timestampMs,
        unit,
        storageResolution: 60,
        samples: { kind: 'values', values: [{ value, count: 1 }] },
      })),
    );

  return {
    execution({ detail, time }) {
      const { stateMachineArn, status, redriveCount } = detail;
      const isRedrive = status === 'RUNNING' && redriveCount !== 0;
      const name = isRedrive ? 'ExecutionsRedriven' : ownMember(EXECUTION_METRICS, String(status));
      if (name === undefined) return;
      const dimensions = { StateMachineArn: String(stateMachineArn) };
      count('AWS/States', dimensions, { [name]: 1 }, 'Count', time.getTime());
    },
    delivery({ ruleName, ruleArn, result }) {
      if (result.kind === 'under-way') return;
      const values = {
        Invocations: 1,
        ...(result.kind === 'delivered' ? {} : { FailedInvocations: 1 }),
        ...(result.kind === 'dead-lettered' ? { InvocationsSentToDlq: 1 } : {}),
        // AWS: counted where there is a queue that could not be reached.
        ...(result.kind === 'dropped' && result.because.startsWith('arn:')
          ? { InvocationsFailedToBeSentToDlq: 1 }
          : {}),
      };
      count('AWS/Events', ruleDimensions(ruleName, ruleArn), values);
    },
    functions: (host) => ({
      ...host,
      async invoke(functionName, payload, options) {
        const dimensions = { FunctionName: functionName };
        try {
          const response = await host.invoke(functionName, payload, options);
          const Errors = response.functionError === undefined ? 0 : 1;
          count('AWS/Lambda', dimensions, { Invocations: 1, Errors, Throttles: 0 });
          count('AWS/Lambda', dimensions, { Duration: response.durationMs }, 'Milliseconds');
          return response;
        } catch (error) {
          const metricName = error instanceof AwsError && ownMember(REFUSALS, error.name);
          if (metricName) count('AWS/Lambda', dimensions, { [metricName]: 1 });
          throw error;
        }
      },
    }),
    api: (apiId, mount) => ({
      ...mount,
      handle(request, response) {
        response.once('finish', () => {
          const hundreds = Math.floor(response.statusCode / 100);
          const values = { Count: 1, '4xx': Number(hundreds === 4), '5xx': Number(hundreds === 5) };
          count('AWS/ApiGateway', { ApiId: apiId }, values);
        });
        return mount.handle(request, response);
      },
    }),
  };
}

/** AWS: the rules of the default bus have their name alone, those of any other the bus's name too. */
function ruleDimensions(ruleName: string, ruleArn: string): Readonly<Record<string, string>> {
  const [, eventBusName] = /:rule\/(.+)\/[^/]+$/.exec(ruleArn) ?? [];
  return eventBusName === undefined
    ? { RuleName: ruleName }
    : { EventBusName: eventBusName, RuleName: ruleName };
}
