import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { RDSClient } from '@aws-sdk/client-rds';
import { Route53RecoveryClusterClient } from '@aws-sdk/client-route53-recovery-cluster';
import { S3Client } from '@aws-sdk/client-s3';
import { number, object, parse } from 'valibot';
import { AwsCallError, callAwsJson } from '../shared/aws-json-call.ts';
import { askFunction } from './steps/ask-function.ts';
import { readMapping, turnMapping } from './steps/ask-mapping.ts';

/** Calls are given up before the function is: three attempts of these fit into its time-out. */
const PATIENCE = { requestTimeout: 5_000, connectionTimeout: 2_000 };

/** An endpoint of the routing control cluster that lies in a failing Region may never answer. */
const IMPATIENCE = { requestTimeout: 3_000, connectionTimeout: 1_000 };

/** The clients of the steps, each for its Region. */
export interface Clients {
  rds(region: string): RDSClient;
  autoScaling(region: string): AutoScalingClient;
  cloudWatch(region: string): CloudWatchClient;
  s3(region: string): S3Client;
  /** The account's quota in a Region, as Service Quotas has it applied. */
  readQuota(region: string, serviceCode: string, quotaCode: string): Promise<number>;
  /** Asks a function of one's own. */
  readonly askFunction: typeof askFunction;
  /** Reads and turns event source mappings, each in the Region of its ARN. */
  readonly readMapping: typeof readMapping;
  readonly turnMapping: typeof turnMapping;
  /** One for each of the cluster's regional endpoints, in the order in which they are tried. */
  readonly routingControls: readonly Route53RecoveryClusterClient[];
}

/** An endpoint of the routing control cluster. */
export interface RoutingControlEndpoint {
  readonly region: string;
  readonly endpoint: string;
}

/** Makes the clients of a function, with the endpoints that its environment names. */
export function openClients(): Clients {
  const endpoints = process.env['ROUTING_CONTROL_ENDPOINTS'] ?? '';
  return createClients(readEndpoints(endpoints, Math.floor(Math.random() * 1_000)));
}

/**
 * Makes the clients, each once for its Region and at its first use.
 * @param endpoints The routing control cluster's, in the order in which they are to be tried.
 */
export function createClients(endpoints: readonly RoutingControlEndpoint[]): Clients {
  return {
    rds: perRegion((region) => new RDSClient({ region, requestHandler: PATIENCE })),
    autoScaling: perRegion((region) => new AutoScalingClient({ region, requestHandler: PATIENCE })),
    cloudWatch: perRegion((region) => new CloudWatchClient({ region, requestHandler: PATIENCE })),
    s3: perRegion((region) => new S3Client({ region, requestHandler: PATIENCE })),
    readQuota,
    askFunction,
    readMapping,
    turnMapping,
    routingControls: endpoints.map(
      ({ region, endpoint }) =>
        new Route53RecoveryClusterClient({
          region,
          endpoint,
          maxAttempts: 1, // the next endpoint is the second attempt
          requestHandler: IMPATIENCE,
        }),
    ),
  };
}

const QuotaSchema = object({ Quota: object({ Value: number() }) });

/** AWS: a quota that nobody ever changed may have its default value alone. */
async function readQuota(region: string, ServiceCode: string, QuotaCode: string): Promise<number> {
  const quotas = { name: 'servicequotas', target: 'ServiceQuotasV20190624', region };
  const input = { ServiceCode, QuotaCode };
  const answer = await callAwsJson(quotas, 'GetServiceQuota', input).catch((error: unknown) => {
    if (!(error instanceof AwsCallError) || error.code !== 'NoSuchResourceException') throw error;
    return callAwsJson(quotas, 'GetAWSDefaultServiceQuota', input);
  });
  return parse(QuotaSchema, answer).Quota.Value;
}

/**
 * Reads `region=url,region=url…`, starting at the entry of that index, as AWS advises to start
 * anywhere; empty text means that there is no routing control cluster.
 * @throws {RangeError} For an entry of another form.
 */
export function readEndpoints(text: string, startAt: number): readonly RoutingControlEndpoint[] {
  const endpoints = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readEndpoint);
  const from = endpoints.length === 0 ? 0 : startAt % endpoints.length;
  return [...endpoints.slice(from), ...endpoints.slice(0, from)];
}

function readEndpoint(part: string): RoutingControlEndpoint {
  const [, region, endpoint] = /^([a-z0-9-]+)=(https?:\/\/.+)$/.exec(part) ?? [];
  if (region === undefined || endpoint === undefined) {
    throw new RangeError(`Cannot read the routing control endpoint "${part}": write region=url`);
  }
  return { region, endpoint };
}

function perRegion<Client>(make: (region: string) => Client): (region: string) => Client {
  const clients = new Map<string, Client>();
  return (region) => {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const made = make(region);
    clients.set(region, made);
    return made;
  };
}
