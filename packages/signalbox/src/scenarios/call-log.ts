import type { CallRecord } from '../endpoint/registry.ts';

/** Notifies listeners of each call that a rehearsed service has served. */
export interface CallLog {
  /** For the runtime's option of the same name. */
  readonly onCall: (call: CallRecord) => void;
  /** Adds a listener to each call from now on, until the returned function is called. */
  listen(listener: (call: CallRecord) => void): () => void;
}

/** Makes a log that keeps nothing itself. */
export function createCallLog(): CallLog {
  const listeners = new Set<(call: CallRecord) => void>();
  return {
    onCall(call) {
      for (const listener of listeners) listener(call);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A call's name as IAM writes it, such as `rds:FailoverDBCluster`. */
export function callName({ service, action }: CallRecord): string {
  return `${service}:${action}`;
}

/** The services around the app, by their signing names. */
const AROUND = new Set(['rds', 'autoscaling', 'route53', 'route53-recovery-cluster', 's3']);

/** Returns whether a call goes to what is around the app; `ownBuckets` are the stack's, which belong to it. */
export function isAround(
  { service, action, input }: CallRecord,
  ownBuckets: readonly string[],
): boolean {
  if (service === 'lambda') return action.endsWith('EventSourceMapping');
  const isOwn = 'Bucket' in input && ownBuckets.includes(String(input.Bucket));
  return AROUND.has(service) && !(service === 's3' && isOwn);
}

/** Returns whether a call changes what is around the app, or tries to. */
export function isMutating(call: CallRecord, ownBuckets: readonly string[]): boolean {
  return isAround(call, ownBuckets) && !/^(Describe|Get|List|Head)/.test(call.action);
}

/** Returns whether a call sends a message to one of some queues, by their URLs. */
export function isDeadLetter(
  { service, action, input }: CallRecord,
  queueUrls: readonly string[],
): boolean {
  const isSent = service === 'sqs' && action === 'SendMessage';
  return isSent && 'QueueUrl' in input && queueUrls.includes(String(input.QueueUrl));
}
