import type { TransactWriteCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, number, object, optional, string } from 'valibot';
import { CLOSING } from './trail.ts';

/** Time that a run holds its locks without renewing them. */
const LEASE_SECONDS = 1_800;

/** Time that a call may be under way that was begun before its run was stopped: all attempts of a step. */
const BUSY_SECONDS = 150;

/** The table's item of a lock: it outlives every holder, so that its fencing number grows. */
export const LockItemSchema = object({
  target: string(),
  fencing: number(),
  /** The execution that holds it; absent when nobody does. */
  holder: optional(string()),
  failoverId: optional(string()),
  acquiredAt: optional(string()),
  leaseExpiresAt: optional(string()),
  /** Until when a call of a stopped run may still be under way. */
  busyUntil: optional(string()),
  /** When the plan was last started by a trigger; on the plan's lock alone. */
  lastAutomaticStartAt: optional(string()),
});

/** The table's item of a lock. */
export type LockItem = InferOutput<typeof LockItemSchema>;

/** The resources to lock, and their holder. */
export interface LockRequest {
  readonly failoverId: string;
  readonly executionArn: string;
  /** The plan's lock first. */
  readonly targets: readonly string[];
  readonly isAutomatic: boolean;
  readonly cooldownMinutes: number;
  /** Time that the run may wait for a person, before it renews the lease for the first time. */
  readonly approvalSeconds: number;
  readonly now: Date;
}

/** The permission by the locks, as they were read. */
export type LockVerdict =
  | { readonly kind: 'ours'; readonly fencing: number }
  | { readonly kind: 'cooling-down'; readonly until: string }
  | { readonly kind: 'locked'; readonly by: string }
  | { readonly kind: 'free'; readonly fencing: number };

/** Says what the locks allow, one item for each target in their order; undefined where there is none yet. */
export function judgeLocks(
  items: readonly (LockItem | undefined)[],
  request: LockRequest,
): LockVerdict {
  const [plan] = items;
  // The transaction was written, and its answer was lost.
  if (plan?.holder === request.executionArn) return { kind: 'ours', fencing: plan.fencing };
  const until = coolUntil(plan, request);
  if (until !== undefined) return { kind: 'cooling-down', until };
  const now = request.now.toISOString();
  const held = items.find((item) => item !== undefined && isHeld(item, now));
  if (held !== undefined) return { kind: 'locked', by: heldText(held) };
  return { kind: 'free', fencing: Math.max(0, ...items.map((item) => item?.fencing ?? 0)) + 1 };
}

function coolUntil(
  plan: LockItem | undefined,
  { isAutomatic, cooldownMinutes, now }: LockRequest,
): string | undefined {
  if (!isAutomatic || plan?.lastAutomaticStartAt === undefined) return undefined;
  const untilMs = Date.parse(plan.lastAutomaticStartAt) + cooldownMinutes * 60_000;
  return untilMs > now.getTime() ? new Date(untilMs).toISOString() : undefined;
}

function isHeld({ holder, leaseExpiresAt = '', busyUntil = '' }: LockItem, now: string): boolean {
  return (holder !== undefined && leaseExpiresAt >= now) || busyUntil >= now;
}

function heldText({ target, holder, acquiredAt, failoverId, busyUntil }: LockItem): string {
  return holder === undefined
    ? `${target} may still be changed by a call of the stopped failover ${failoverId} until ${busyUntil}`
    : `${target} is held by the failover ${failoverId} (${holder}) since ${acquiredAt}`;
}

/**
 * Takes every lock and writes it into the audit trail, or does neither. An item that is no longer as
 * it was read refuses: even a lease that its holder renewed meanwhile.
 */
export function lockTransaction(
  tables: { readonly locks: string; readonly failovers: string },
  items: readonly (LockItem | undefined)[],
  request: LockRequest,
  fencing: number,
): TransactWriteCommandInput {
  const { failoverId, executionArn, targets } = request;
  const now = request.now.toISOString();
  return {
    TransactItems: [
      ...targets.map((target, index) => ({
        Update: lockUpdate(tables.locks, target, items[index], request, {
          fencing,
          isPlan: index === 0,
        }),
      })),
      {
        Put: {
          TableName: tables.failovers,
          Item: { failoverId, entryId: 'lock', at: now, executionArn, fencing, targets },
          ConditionExpression: 'attribute_not_exists(entryId)',
        },
      },
      {
        // A call that outlives its run must not lock what the run's end has freed.
        ConditionCheck: {
          TableName: tables.failovers,
          Key: { failoverId, entryId: CLOSING },
          ConditionExpression: 'attribute_not_exists(entryId)',
        },
      },
    ],
  };
}

type LockUpdate = UpdateCommandInput & { readonly UpdateExpression: string };

function lockUpdate(
  tableName: string,
  target: string,
  item: LockItem | undefined,
  request: LockRequest,
  { fencing, isPlan }: { readonly fencing: number; readonly isPlan: boolean },
): LockUpdate {
  const { failoverId, executionArn, isAutomatic, approvalSeconds, now } = request;
  const remembers = isPlan && isAutomatic ? ', lastAutomaticStartAt = :now' : '';
  return {
    TableName: tableName,
    Key: { target },
    UpdateExpression: `SET fencing = :fencing, holder = :holder, failoverId = :failoverId, acquiredAt = :now, leaseExpiresAt = :until${remembers} REMOVE busyUntil`,
    ConditionExpression:
      item === undefined
        ? 'attribute_not_exists(fencing)'
        : 'fencing = :seen AND (attribute_not_exists(holder) OR leaseExpiresAt < :now) AND (attribute_not_exists(busyUntil) OR busyUntil < :now)',
    ExpressionAttributeValues: {
      ':fencing': fencing,
      ':holder': executionArn,
      ':failoverId': failoverId,
      ':now': now.toISOString(),
      ':until': after(now, approvalSeconds + LEASE_SECONDS),
      ...(item === undefined ? {} : { ':seen': item.fencing }),
    },
  };
}

/** A run's hold on a lock. */
export interface Hold {
  readonly executionArn: string;
  readonly fencing: number;
}

const IS_OURS = 'holder = :holder AND fencing = :fencing';

function holdValues({ executionArn, fencing }: Hold): Record<string, string | number> {
  return { ':holder': executionArn, ':fencing': fencing };
}

/** Renews the lease of a lock that is still the run's; `isBusy` says that a call to its target comes. */
export function renewUpdate(
  tableName: string,
  target: string,
  hold: Hold,
  { now, isBusy }: { readonly now: Date; readonly isBusy: boolean },
): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { target },
    UpdateExpression: `SET leaseExpiresAt = :until${isBusy ? ', busyUntil = :busyUntil' : ''}`,
    ConditionExpression: IS_OURS,
    ExpressionAttributeValues: {
      ...holdValues(hold),
      ':until': after(now, LEASE_SECONDS),
      ...(isBusy ? { ':busyUntil': after(now, BUSY_SECONDS) } : {}),
    },
  };
}

/** Says that the call has come back. */
export function idleUpdate(tableName: string, target: string, hold: Hold): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { target },
    UpdateExpression: 'REMOVE busyUntil',
    // Also after the run was stopped and its lock freed: nobody else has it, for the number is the same.
    ConditionExpression: 'fencing = :fencing',
    ExpressionAttributeValues: { ':fencing': hold.fencing },
  };
}

/**
 * Frees a lock that is still the run's; a call that may be under way keeps the next run waiting.
 * With `forgetsStart`, a trigger that was refused starts no cool-down: the next may be the one that
 * matters.
 */
export function freeUpdate(
  tableName: string,
  target: string,
  hold: Hold,
  { forgetsStart = false } = {},
): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: { target },
    UpdateExpression: `REMOVE holder, leaseExpiresAt${forgetsStart ? ', lastAutomaticStartAt' : ''}`,
    ConditionExpression: IS_OURS,
    ExpressionAttributeValues: holdValues(hold),
  };
}

function after(now: Date, seconds: number): string {
  return new Date(now.getTime() + seconds * 1_000).toISOString();
}
