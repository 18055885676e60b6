import type { SqlParameter } from '@aws-sdk/client-rds-data';
import { number, object, string } from 'valibot';
import type { HttpRequest, Read } from '../../shared/http-request.ts';
import type { InputProblem } from '../../shared/problems.ts';
import { text } from '../sql-parameter.ts';

const MAX_MONTHS = 36;
const USUAL_MONTHS = 12;

/** Confirmed orders of a month in one currency. */
export const RevenueSchema = object({
  month: string(),
  currency: string(),
  orders: number(),
  /** Minor units, as a text: a sum may be larger than a number is exact. */
  total: string(),
});

/** By the month in which an order was confirmed, in UTC. */
export const MONTHLY_REVENUE = `SELECT to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, currency,
  count(*) AS orders, sum(total)::text AS total
FROM orders
WHERE status = 'CONFIRMED' AND ended_at >= :begin::timestamptz AND ended_at < :end::timestamptz
GROUP BY 1, 2
ORDER BY 1, 2`;

/** Months as numbers, so that they can be counted: years times twelve and the month, from 0. */
export interface Months {
  readonly first: number;
  readonly last: number;
}

/** Reads the months that a request asks for, the last twelve by default; or everything wrong with them. */
export function readMonths(
  { queryStringParameters: query = {} }: HttpRequest,
  now: Date,
): Read<Months> {
  const last = query['to'] === undefined ? monthOf(now.toISOString()) : monthOf(query['to']);
  const first =
    query['from'] === undefined ? (last ?? 0) - USUAL_MONTHS + 1 : monthOf(query['from']);
  const problems: InputProblem[] = [];
  const message = 'Is not a month such as 2026-01';
  if (first === undefined) problems.push({ path: 'from', message });
  if (last === undefined) problems.push({ path: 'to', message });
  if (first === undefined || last === undefined) return { ok: false, problems };
  if (first > last || last - first >= MAX_MONTHS) {
    const months = `Is not 1 to ${MAX_MONTHS} months before the end`;
    return { ok: false, problems: [{ path: 'from', message: months }] };
  }
  return { ok: true, value: { first, last } };
}

/** The instants between which orders were confirmed. */
export function revenueParameters({ first, last }: Months): readonly SqlParameter[] {
  return [
    text('begin', `${textOf(first)}-01T00:00:00Z`),
    text('end', `${textOf(last + 1)}-01T00:00:00Z`),
  ];
}

function monthOf(value: string): number | undefined {
  const match = /^(\d{4})-(0[1-9]|1[0-2])(-|$)/.exec(value);
  return match === null ? undefined : Number(match[1]) * 12 + Number(match[2]) - 1;
}

function textOf(month: number): string {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}`;
}
