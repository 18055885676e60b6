import {
  array,
  check,
  forward,
  type InferOutput,
  literal,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  optional,
  partialCheck,
  picklist,
  pipe,
  regex,
  safeInteger,
  strictObject,
  string,
} from 'valibot';
import { orderTotal, type PricedLine } from './order-total.ts';

const WRONG_TOTAL = 'Is not the sum of the lines';

/*
 * The OrderPlaced contract, as events/orders/order-placed.schema.json writes it for other
 * producers; a test holds the two together. Strict, because an order is kept: an unknown field is a
 * misunderstanding.
 */

/** An order's, user's or stock item's id. */
export const IdSchema = pipe(
  string(),
  regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'Is not an id of 1 to 64 letters, digits, "-" and "_"'),
);

/** A moment in UTC, such as `2026-11-22T09:30:00Z`. */
export const TimestampSchema = pipe(
  string(),
  regex(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/,
    'Is not a UTC time such as 2026-11-22T09:30:00Z',
  ),
);

const CurrencySchema = pipe(string(), regex(/^[A-Z]{3}$/, 'Is not an ISO 4217 code such as EUR'));

const LineSchema = strictObject({
  sku: IdSchema,
  quantity: wholeNumber(1, 1_000),
  /** Minor units. */
  unitPrice: wholeNumber(0, 100_000_000),
});

const ShippingSchema = strictObject({
  method: picklist(['standard', 'freight'], 'Is not "standard" or "freight"'),
  address: strictObject({
    name: text(120),
    street: text(200),
    city: text(100),
    postalCode: text(20),
    country: pipe(string(), regex(/^[A-Z]{2}$/, 'Is not an ISO 3166 code such as DE')),
  }),
});

const contentEntries = {
  userId: IdSchema,
  currency: CurrencySchema,
  lines: pipe(
    array(LineSchema),
    minLength(1, 'Has no line'),
    maxLength(50, 'Has more than 50 lines'),
  ),
  /** Minor units; the sum of the lines. */
  total: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  payment: strictObject({
    // A provider's token; the pattern keeps card numbers out.
    cardToken: pipe(
      string(),
      regex(/^tok_[A-Za-z0-9_]{1,60}$/, 'Is not a card token such as tok_approve'),
    ),
  }),
  shipping: ShippingSchema,
  note: optional(text(500)),
};

/** A customer's request: an order without its id, its time and the version of the contract. */
export const OrderContentSchema = pipe(
  strictObject(contentEntries),
  forward(partialCheck([['lines'], ['total']], isSumOfLines, WRONG_TOTAL), ['total']),
);

/** The detail of an OrderPlaced event. */
export const OrderPlacedSchema = pipe(
  strictObject({
    version: literal(1, 'Is not 1, the only version of this event'),
    orderId: IdSchema,
    placedAt: TimestampSchema,
    /** The caller of the shop's API, who may not approve the order. */
    submittedBy: optional(text(2_048)),
    ...contentEntries,
  }),
  forward(partialCheck([['lines'], ['total']], isSumOfLines, WRONG_TOTAL), ['total']),
);

/** A valid order. */
export type Order = InferOutput<typeof OrderPlacedSchema>;

/** A customer's request for an order. */
export type OrderContent = InferOutput<typeof OrderContentSchema>;

/** Lines as the workflow passes them on. */
export const LinesSchema = array(LineSchema);

/** Shipping as the workflow passes it on. */
export const WarehouseShippingSchema = ShippingSchema;

function wholeNumber(from: number, to: number) {
  const message = `Is not a whole number from ${from} to ${to}`;
  return pipe(number(), safeInteger(message), minValue(from, message), maxValue(to, message));
}

/** Text of 1 to `most` characters, counted as JSON Schema counts them: by code points. */
function text(most: number) {
  return pipe(
    string(),
    check(
      (value) => value.length > 0 && [...value].length <= most,
      `Is not a text of 1 to ${most} characters`,
    ),
  );
}

/** Also runs where other fields are wrong, so that every problem is listed at once. */
function isSumOfLines({
  lines,
  total,
}: {
  readonly lines: readonly PricedLine[];
  readonly total: number;
}): boolean {
  const whole = lines.every(
    ({ quantity, unitPrice }) => Number.isSafeInteger(quantity) && Number.isSafeInteger(unitPrice),
  );
  // A line that is no whole number is reported by itself.
  return !whole || orderTotal(lines) === total;
}
