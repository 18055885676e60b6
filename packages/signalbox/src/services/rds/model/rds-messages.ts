/** A message of RDS about a database: an event's id, category and text. */
export interface RdsMessage {
  readonly eventId: string;
  readonly categories: readonly string[];
  readonly message: string;
}

/** AWS: "Amazon RDS event categories and event messages for Aurora", in the wording of real events. */
export const RDS_MESSAGES = {
  instanceDeleted: () => said('0003', 'deletion', 'DB instance deleted'),
  instanceShutdown: () => said('0004', 'availability', 'DB instance shutdown'),
  instanceCreated: () => said('0005', 'creation', 'DB instance created'),
  instanceRestarted: () => said('0006', 'availability', 'DB instance restarted'),
  recoveryComplete: () => said('0021', 'recovery', 'Recovery of the DB instance is complete.'),
  instanceFailed: () =>
    said(
      '0031',
      'failure',
      'DB instance put into failed state. RDS recommends that you initiate a point-in-time-restore.',
    ),
  failoverFailed: () =>
    said(
      '0069',
      'failover',
      'Cluster failover failed, check the health of your cluster instances and try again.',
    ),
  promotingPrevious: (instance: string) =>
    said('0070', 'failover', `Promoting previous primary again: ${instance}`),
  failoverCompleted: (instance: string) =>
    said('0071', 'failover', `Completed failover to DB instance: ${instance}`),
  sameZoneFailover: (instance: string) =>
    said('0072', 'failover', `Started same AZ failover to DB instance: ${instance}`),
  crossZoneFailover: (instance: string) =>
    said('0073', 'failover', `Started cross AZ failover to DB instance: ${instance}`),
  instanceStopped: () => said('0087', 'notification', 'DB instance stopped'),
  instanceStarted: () => said('0088', 'notification', 'DB instance started'),
  clusterStopped: () => said('0150', 'notification', 'DB cluster stopped'),
  clusterStarted: () => said('0151', 'notification', 'DB cluster started'),
  clusterCreated: () => said('0170', 'creation', 'DB cluster created'),
  clusterDeleted: () => said('0171', 'deletion', 'DB cluster deleted'),
  switchoverStarted: (cluster: string, region: string) =>
    global('0181', `Global switchover to DB cluster ${cluster} in Region ${region} started.`),
  oldPrimaryShutDown: (cluster: string, region: string) =>
    global('0182', `Old primary DB cluster ${cluster} in Region ${region} successfully shut down.`),
  newPrimaryPromoted: (cluster: string, region: string) =>
    global(
      '0184',
      `New primary DB cluster ${cluster} in Region ${region} was successfully promoted.`,
    ),
  switchoverFinished: (cluster: string, region: string) =>
    global('0185', `Global switchover to DB cluster ${cluster} in Region ${region} finished.`),
  switchoverFailed: (cluster: string, region: string) =>
    global('0187', `Global switchover to DB cluster ${cluster} in Region ${region} failed.`),
  globalFailoverCompleted: (cluster: string, region: string) =>
    global('0238', `Global failover to DB cluster ${cluster} in Region ${region} completed.`),
  globalFailoverFailed: (cluster: string, region: string) =>
    global('0239', `Global failover to DB cluster ${cluster} in Region ${region} failed.`),
  resyncStarted: (cluster: string, region: string) =>
    global(
      '0240',
      `Started resynchronizing members of DB cluster ${cluster} in Region ${region} after global failover.`,
    ),
  resyncFinished: (cluster: string, region: string) =>
    global(
      '0241',
      `Finished resynchronizing members of DB cluster ${cluster} in Region ${region} after global failover.`,
    ),
  waitingForData: (lagMs: number) =>
    global(
      '0423',
      `Waiting for data synchronization with the target DB cluster. Current target DB cluster lag behind the primary DB cluster: ${lagMs} ms.`,
    ),
} as const;

function said(number: string, category: string, message: string): RdsMessage {
  return { eventId: `RDS-EVENT-${number}`, categories: [category], message };
}

function global(number: string, message: string): RdsMessage {
  return said(number, 'global-failover', message);
}
