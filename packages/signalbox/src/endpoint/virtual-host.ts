import type { RequestTarget } from './wire/request-target.ts';

/** Names below `localhost` are the machine itself: no DNS of another site can say so (RFC 6761, section 6.3). */
const BELOW_LOCALHOST = /^(.+)\.localhost(?::\d+)?$/i;

/** The service's own labels, with or without a Region: `s3`, `s3.eu-west-1`, `bucket.s3`, `bucket.s3.eu-west-1`. */
const SERVICE = /(?:^|\.)s3(?:[.-][a-z]{2}(?:-[a-z]+)+-\d)?$/i;

/** Returns whether a Host header names this machine by a name below `localhost`. */
export function isBelowLocalhost(host: string): boolean {
  return BELOW_LOCALHOST.test(host);
}

/**
 * Puts the bucket of a virtual-hosted request into its path (Amazon S3 User Guide, "Virtual hosting of
 * general purpose buckets"): SDKs send `bucket.localhost` where the endpoint is `http://localhost`,
 * and `bucket.s3.localhost` where it is `http://s3.localhost`.
 */
export function withBucketOfHost(target: RequestTarget, host = ''): RequestTarget {
  const labels = BELOW_LOCALHOST.exec(host)?.[1];
  const bucket = labels?.replace(SERVICE, '') ?? '';
  return bucket === '' ? target : { ...target, path: `/${bucket}${target.path}` };
}
