import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { UserError } from '../../user-error.ts';
import { readJsonFile } from '../read-json-file.ts';

const PaymentStatus = v.picklist(['charged', 'refunded', 'voided', 'none']);

/** An order's id; a `*` at its end stands for whatever follows, where a race has no fixed winner. */
const OrderId = v.string();

const SampleFile = v.strictObject({
  title: v.string(),
  /** Relative to `events/`. */
  entries: v.string(),
  /** How the person answers who is asked in a state. */
  answer: v.optional(
    v.strictObject({ state: v.string(), decision: v.picklist(['approve', 'deny', 'nobody']) }),
  ),
  /** An operator stops the execution while it waits in this state. */
  stopIn: v.optional(v.string()),
  expect: v.strictObject({
    executions: v.array(
      v.strictObject({
        orderId: OrderId,
        status: v.string(),
        error: v.optional(v.string()),
        lastState: v.optional(v.string()),
      }),
    ),
    orders: v.optional(v.array(v.strictObject({ orderId: OrderId, status: v.string() })), []),
    stock: v.optional(v.record(v.string(), v.number()), {}),
    /** One status, or those of all orders that fit the id, in any order. */
    payments: v.optional(v.record(OrderId, v.union([PaymentStatus, v.array(PaymentStatus)])), {}),
    deadLetters: v.optional(v.number(), 0),
    compensationFailures: v.optional(v.array(v.string()), []),
  }),
});

/** A sample: events to put, what people do meanwhile, and what must come of it. */
export interface Sample extends v.InferOutput<typeof SampleFile> {
  /** The file's name, without `.json`. */
  readonly name: string;
}

export type Expectation = Sample['expect'];

/**
 * Reads `events/samples` in the order of their names.
 * @throws {UserError} When one is not a sample, naming the file and the field.
 */
export function readSamples(root: string): readonly Sample[] {
  const directory = join(root, 'events', 'samples');
  const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const parsed = v.safeParse(SampleFile, readJsonFile(join(directory, file)));
    if (parsed.success) return { name: file.replace(/\.json$/, ''), ...parsed.output };
    const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
    throw new UserError('invalid', `events/samples/${file}: ${problems.join('; ')}`);
  });
}
