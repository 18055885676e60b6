import type { JsonObject } from '../core/json.ts';

/**
 * A resource of the template that stands around the app: a database, a group of servers, a record. The
 * service that simulates it is seeded with it, so that what would be deployed is what can be broken.
 */
export type Surrounding =
  | DatabaseCluster
  | DatabaseInstance
  | GlobalDatabase
  | CacheGroup
  | ScalingGroup
  | Subnet
  | HealthCheck
  | HostedZone
  | DnsRecord;

interface Placed {
  /** Where the template declares it. */
  readonly place: { readonly file: string; readonly line: number };
}

/** AWS::RDS::DBCluster. */
export interface DatabaseCluster extends Placed {
  readonly kind: 'database-cluster';
  readonly identifier: string;
  readonly engine: string;
  readonly engineVersion: string | undefined;
  readonly databaseName: string | undefined;
  readonly arn: string;
  /** Whether the Data API reaches it. */
  readonly hasHttpEndpoint: boolean;
  /** The global database that it begins or joins. */
  readonly globalCluster: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** AWS::RDS::DBInstance of a cluster. */
export interface DatabaseInstance extends Placed {
  readonly kind: 'database-instance';
  readonly identifier: string;
  readonly cluster: string;
  readonly instanceClass: string;
  readonly availabilityZone: string | undefined;
  readonly promotionTier: number | undefined;
}

/** AWS::RDS::GlobalCluster. */
export interface GlobalDatabase extends Placed {
  readonly kind: 'global-database';
  readonly identifier: string;
}

/** AWS::AutoScaling::AutoScalingGroup. */
export interface ScalingGroup extends Placed {
  readonly kind: 'scaling-group';
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number | undefined;
  readonly subnetIds: readonly string[];
  readonly availabilityZones: readonly string[];
  /** The first of the types that it may launch; undefined where only its launch template says. */
  readonly instanceType: string | undefined;
  readonly launchTemplateId: string | undefined;
  readonly cooldownSeconds: number | undefined;
  readonly healthCheckType: string | undefined;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** AWS::ElastiCache::ReplicationGroup. */
export interface CacheGroup extends Placed {
  readonly kind: 'cache-group';
  readonly nodeType: string;
  readonly nodes: number;
}

/** AWS::EC2::Subnet: a group's zones are those of its subnets. */
export interface Subnet extends Placed {
  readonly kind: 'subnet';
  readonly id: string;
  readonly availabilityZone: string;
}

/** AWS::Route53::HealthCheck. */
export interface HealthCheck extends Placed {
  readonly kind: 'health-check';
  readonly id: string;
  /** HealthCheckConfig in Route 53's own words. */
  readonly config: JsonObject;
}

/** AWS::Route53::HostedZone. */
export interface HostedZone extends Placed {
  readonly kind: 'hosted-zone';
  readonly id: string;
  readonly name: string;
}

/** AWS::Route53::RecordSet. */
export interface DnsRecord extends Placed {
  readonly kind: 'dns-record';
  readonly hostedZoneId: string;
  readonly name: string;
  readonly type: string;
  readonly failover: string | undefined;
  readonly setIdentifier: string | undefined;
  readonly healthCheckId: string | undefined;
  readonly alias: { readonly hostedZoneId: string; readonly dnsName: string } | undefined;
  readonly ttlSeconds: number | undefined;
  readonly values: readonly string[] | undefined;
}
