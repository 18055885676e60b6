import { createHash } from 'node:crypto';
import type { AccountRegion } from '../../../core/account-region.ts';

/** Writes the ARN of a cluster (`cluster`) or instance (`db`). */
export function arnOf(
  { region, accountId }: AccountRegion,
  kind: 'cluster' | 'db',
  name: string,
): string {
  return `arn:aws:rds:${region}:${accountId}:${kind}:${name}`;
}

/** Writes the ARN of a global cluster, which belongs to no Region. */
export function globalArnOf(accountId: string, identifier: string): string {
  return `arn:aws:rds::${accountId}:global-cluster:${identifier}`;
}

/** Returns the identifier in an ARN of that kind, or else the text itself, in lower case as RDS keeps it. */
export function identifierIn(text: string, kind: string): string {
  const parts = text.split(':');
  return (parts[0] === 'arn' && parts[5] === kind ? parts.slice(6).join(':') : text).toLowerCase();
}

/** The ids that AWS makes up, here always the same for the same ARN. */
export function resourceIdOf(prefix: 'cluster' | 'db', arn: string): string {
  return `${prefix}-${letters(arn, 26).toUpperCase()}`;
}

/** The part of a host name that is an account's own in a Region. */
export function hostPartOf({ region, accountId }: AccountRegion): string {
  return `c${letters(`${region}:${accountId}`, 11)}`;
}

function letters(seed: string, length: number): string {
  const digest = BigInt(`0x${createHash('sha256').update(seed).digest('hex')}`);
  return digest.toString(36).padStart(length, '0').slice(0, length);
}
