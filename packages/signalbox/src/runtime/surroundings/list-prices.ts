/**
 * AWS's list prices on demand in us-east-1, in US dollars, as its price pages had them in November 2026:
 * an order of magnitude for rehearsed bills, not an offer.
 */

/** Hours of a month, as AWS's calculator counts them. */
export const HOURS = 730;

/** An hour of an Aurora instance by its class. */
export const DATABASE_INSTANCES: Readonly<Record<string, number>> = {
  'db.t4g.medium': 0.073,
  'db.t4g.large': 0.146,
  'db.r6g.large': 0.26,
  'db.r6g.xlarge': 0.519,
  'db.r6g.2xlarge': 1.038,
  'db.r6g.4xlarge': 2.076,
  'db.r7g.large': 0.276,
  'db.r7g.xlarge': 0.553,
  'db.r7g.2xlarge': 1.106,
};

/** An hour of a server by its type, Linux. */
export const SERVERS: Readonly<Record<string, number>> = {
  't3.medium': 0.0416,
  't3.large': 0.0832,
  'm5.large': 0.096,
  'm6a.large': 0.0864,
  'm6i.large': 0.096,
  'm6i.xlarge': 0.192,
  'm7i.large': 0.1008,
};

/** An hour of a cache node by its type, Valkey. */
export const CACHE_NODES: Readonly<Record<string, number>> = {
  'cache.t4g.micro': 0.0128,
  'cache.t4g.small': 0.0256,
  'cache.t4g.medium': 0.052,
  'cache.r7g.large': 0.1752,
};

/** A month of what has one price, by resource type; what is measured by use comes on top. */
export const FLAT: Readonly<
  Record<string, { readonly service: string; readonly usageType: string; readonly monthly: number }>
> = {
  'AWS::EC2::NatGateway': {
    service: 'EC2 - Other',
    usageType: 'NatGateway-Hours',
    monthly: 0.045 * HOURS,
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    service: 'Amazon Elastic Load Balancing',
    usageType: 'LoadBalancerUsage',
    monthly: 0.0225 * HOURS,
  },
  'AWS::Route53::HealthCheck': {
    service: 'Amazon Route 53',
    usageType: 'Health-Check-AWS',
    monthly: 0.5,
  },
  'AWS::WAFv2::WebACL': { service: 'AWS WAF', usageType: 'WebACLV2', monthly: 5 },
};
