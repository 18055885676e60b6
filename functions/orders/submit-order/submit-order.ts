import { randomBytes } from 'node:crypto';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { canonicalJson, sha256 } from '../../shared/canonical-json.ts';
import type { Order, OrderContent } from '../order-schema.ts';

/** An order to accept, with the client's idempotency key where it sent one. */
export interface Submission {
  readonly idempotencyKey: string | null;
  /** Who sends it, as the API's authorizer found out; undefined without one. */
  readonly submittedBy: string | undefined;
  readonly content: OrderContent;
}

/** Returns whether orders are taken in a Region: everywhere unless one is named. */
export function isHome(homeRegion: string, region: string): boolean {
  return homeRegion === '' || homeRegion === region;
}

/** Returns whether an Idempotency-Key header is usable: 1 to 255 printable ASCII characters. */
export function isIdempotencyKey(text: string): boolean {
  return /^[\x21-\x7e]{1,255}$/.test(text);
}

/** A key is its caller's own: two callers who choose the same key place two orders. */
export function scopedKey(key: string | null, caller: string | undefined): string | null {
  return key === null || caller === undefined ? key : sha256(`${caller}\n${key}`);
}

/**
 * Makes the order's id. With an idempotency key it follows from the key and the content, so that a
 * request whose answer was lost cannot place a second order; without one it is random.
 */
export function newOrderId({
  idempotencyKey,
  content,
}: Pick<Submission, 'idempotencyKey' | 'content'>): string {
  const hex =
    idempotencyKey === null
      ? randomBytes(13).toString('hex')
      : sha256(`${idempotencyKey}\n${canonicalJson(content)}`).slice(0, 26);
  return `ord-${hex}`;
}

/** Makes an order of what the customer asks for: `placedAt` in ISO 8601. */
export function toOrder(
  { content, submittedBy }: Pick<Submission, 'content' | 'submittedBy'>,
  orderId: string,
  placedAt: string,
): Order {
  const by = submittedBy === undefined ? {} : { submittedBy };
  return { version: 1, orderId, placedAt, ...by, ...content };
}

/** The OrderPlaced event of an order. */
export function orderPlaced(eventBusName: string, order: Order): PutEventsRequestEntry {
  return {
    EventBusName: eventBusName,
    Source: 'signalbox.orders',
    DetailType: 'OrderPlaced',
    Detail: JSON.stringify(order),
  };
}
