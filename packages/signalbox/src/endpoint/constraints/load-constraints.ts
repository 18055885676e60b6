import type { OperationConstraints } from './find-violations.ts';

type ServiceConstraints = Readonly<Record<string, OperationConstraints>>;

/** Made by make-constraints.mjs from AWS's models; each is read when its service is called first. */
const LOADERS: Readonly<Record<string, () => Promise<{ readonly default: ServiceConstraints }>>> = {
  autoscaling: () => import('./data/autoscaling.json', { with: { type: 'json' } }),
  ce: () => import('./data/ce.json', { with: { type: 'json' } }),
  cloudformation: () => import('./data/cloudformation.json', { with: { type: 'json' } }),
  dynamodb: () => import('./data/dynamodb.json', { with: { type: 'json' } }),
  dynamodbstreams: () => import('./data/dynamodbstreams.json', { with: { type: 'json' } }),
  events: () => import('./data/events.json', { with: { type: 'json' } }),
  health: () => import('./data/health.json', { with: { type: 'json' } }),
  lambda: () => import('./data/lambda.json', { with: { type: 'json' } }),
  logs: () => import('./data/logs.json', { with: { type: 'json' } }),
  monitoring: () => import('./data/monitoring.json', { with: { type: 'json' } }),
  s3: () => import('./data/s3.json', { with: { type: 'json' } }),
  scheduler: () => import('./data/scheduler.json', { with: { type: 'json' } }),
  secretsmanager: () => import('./data/secretsmanager.json', { with: { type: 'json' } }),
  sns: () => import('./data/sns.json', { with: { type: 'json' } }),
  ssm: () => import('./data/ssm.json', { with: { type: 'json' } }),
  states: () => import('./data/states.json', { with: { type: 'json' } }),
};

const loaded = new Map<string, ServiceConstraints | undefined>();

/** The constraints of a service's operations, at once where they were read before; undefined where there are none. */
export function loadConstraints(
  service: string,
): ServiceConstraints | undefined | Promise<ServiceConstraints | undefined> {
  return loaded.has(service) ? loaded.get(service) : load(service);
}

async function load(service: string): Promise<ServiceConstraints | undefined> {
  const constraints = Object.hasOwn(LOADERS, service)
    ? (await LOADERS[service]?.())?.default
    : undefined;
  loaded.set(service, constraints);
  return constraints;
}
