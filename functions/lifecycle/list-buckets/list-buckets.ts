import { array, boolean, type InferOutput, number, object, optional, string } from 'valibot';
import { type Unknown, unknownBy } from '../assessment/unknown.ts';
import { type Account, AccountSchema, type AuditScope, AuditScopeSchema } from '../audit-scope.ts';
import { TooManyBucketsError } from '../errors.ts';
import type { ListedBucket } from '../report/bucket-record.ts';

/** The progress of the listing: the account, its page, and the part to write next. */
export const CursorSchema = object({
  account: number(),
  token: optional(string()),
  part: number(),
  isDone: boolean(),
});

/** The progress of the listing. */
export type Cursor = InferOutput<typeof CursorSchema>;

/** The input from the workflow. */
export const ListBucketsSchema = object({
  auditId: string(),
  scope: AuditScopeSchema,
  accounts: array(AccountSchema),
  cursor: CursorSchema,
});

/** A page of S3's list. */
export interface BucketPage {
  readonly buckets: readonly { readonly bucket: string; readonly region: string | undefined }[];
  readonly token: string | undefined;
}

/** The services that the listing calls. */
export interface Listing {
  page(
    account: Account,
    asked: { readonly prefix?: string; readonly region?: string; readonly token?: string },
  ): Promise<BucketPage>;
  write(part: number, buckets: readonly ListedBucket[]): Promise<void>;
  /** Whether there is time for another page. */
  hasTime(): boolean;
}

/** The result of one call of the listing. */
export interface Listed {
  readonly cursor: Cursor;
  readonly listed: number;
  /** Accounts that could not be listed. */
  readonly unreadable: readonly (Unknown & { readonly accountId: string })[];
}

/** Each part holds a page of up to 10,000 buckets: an account's quota is a million. */
const MAX_PARTS = 1_000;

/** As many buckets as the Map hands to one call of AuditBuckets. */
const MAX_BATCH = 100;

/**
 * Lists buckets, account by account and page by page, while there is time; an account that cannot be
 * listed is left out and named.
 * @throws {TooManyBucketsError} When there is no end to it.
 */
export async function listBuckets(
  {
    scope,
    accounts,
    cursor: from,
  }: Pick<InferOutput<typeof ListBucketsSchema>, 'scope' | 'accounts' | 'cursor'>,
  listing: Listing,
): Promise<Listed> {
  let cursor = from;
  let listed = 0;
  const unreadable: Listed['unreadable'][number][] = [];
  while (!cursor.isDone) {
    const account = accounts[cursor.account];
    if (account === undefined) return { cursor: { ...cursor, isDone: true }, listed, unreadable };
    if (cursor.part >= MAX_PARTS) {
      throw new TooManyBucketsError(`There are more than ${MAX_PARTS} pages of buckets`);
    }
    try {
      const { buckets, token } = await bucketsOf(account, scope, cursor.token, listing);
      if (buckets.length > 0) await listing.write(cursor.part, buckets);
      listed += buckets.length;
      cursor = nextCursor(cursor, token, buckets.length > 0);
    } catch (error) {
      if (error instanceof WriteFailedError) throw error.cause;
      unreadable.push({ accountId: account.accountId, ...unknownBy('ListBuckets', error) });
      cursor = nextCursor(cursor, undefined, false);
    }
    if (!listing.hasTime()) break;
  }
  return { cursor, listed, unreadable };
}

/**
 * The buckets themselves, where they were asked for by name, this call listed all, and they are one batch:
 * no Map Run is worth them. None otherwise.
 */
export function fewOf(
  { scope, cursor: from }: Pick<InferOutput<typeof ListBucketsSchema>, 'scope' | 'cursor'>,
  { cursor }: Listed,
  written: readonly ListedBucket[],
): readonly ListedBucket[] {
  const isAll = from.account === 0 && from.token === undefined && cursor.isDone;
  return scope.buckets !== undefined && isAll && written.length <= MAX_BATCH ? written : [];
}

/** Our own report failed, and not the account. */
export class WriteFailedError extends Error {
  override readonly name = 'WriteFailedError';
}

function nextCursor(cursor: Cursor, token: string | undefined, isWritten: boolean): Cursor {
  const part = cursor.part + (isWritten ? 1 : 0);
  if (token !== undefined) return { account: cursor.account, token, part, isDone: false };
  return { account: cursor.account + 1, part, isDone: false };
}

async function bucketsOf(
  account: Account,
  { buckets: names, region }: AuditScope,
  token: string | undefined,
  listing: Listing,
): Promise<{ readonly buckets: readonly ListedBucket[]; readonly token: string | undefined }> {
  if (names === undefined) {
    const page = await listing.page(account, {
      ...(region === undefined ? {} : { region }),
      ...(token === undefined ? {} : { token }),
    });
    return {
      buckets: page.buckets.map((one) => toListed(account, one)),
      token: page.token,
    };
  }
  const found: ListedBucket[] = [];
  for (const name of names) {
    // A name sorts before all that it begins, so that it is the first of its page.
    const { buckets } = await listing.page(account, { prefix: name });
    const bucket = buckets.find((one) => one.bucket === name);
    if (region === undefined || bucket?.region === region) {
      found.push(toListed(account, bucket ?? { bucket: name, region: undefined }));
    }
  }
  return { buckets: found, token: undefined };
}

function toListed(
  { accountId, roleArn }: Account,
  { bucket, region }: BucketPage['buckets'][number],
): ListedBucket {
  return {
    accountId,
    bucket,
    region: region ?? null,
    ...(roleArn === undefined ? {} : { roleArn }),
  };
}
