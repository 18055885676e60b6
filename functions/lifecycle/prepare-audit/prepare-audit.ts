import { createHash } from 'node:crypto';
import {
  array,
  type InferOutput,
  literal,
  looseObject,
  maxLength,
  minLength,
  object,
  optional,
  pipe,
  safeParse,
  strictObject,
  string,
  unknown,
} from 'valibot';
import { inputProblems, problemsText } from '../../shared/problems.ts';
import {
  type Account,
  AccountSchema,
  type AuditScope,
  AuditScopeSchema,
  BucketNameSchema,
} from '../audit-scope.ts';
import { InvalidAuditRequestError } from '../errors.ts';

/** The input from the workflow: the whole event that started it, and `startedAt` in ISO 8601. */
export const PrepareAuditSchema = object({
  event: unknown(),
  executionArn: string(),
  startedAt: string(),
  /** When the audit looks, ISO 8601; left out by executions of definitions that did not tell. */
  now: optional(string()),
});

/** The AuditRequested contract, as events/lifecycle/audit-requested.schema.json writes it. */
export const AuditRequestedSchema = strictObject({
  version: literal(1),
  reason: pipe(string(), minLength(1), maxLength(500)),
  requestedBy: pipe(string(), minLength(1), maxLength(200)),
  ...AuditScopeSchema.entries,
  accounts: optional(pipe(array(AccountSchema), minLength(1), maxLength(100))),
});

const RequestEventSchema = object({
  'detail-type': literal('AuditRequested'),
  detail: AuditRequestedSchema,
});
const TrailEventSchema = object({
  'detail-type': literal('AWS API Call via CloudTrail'),
  account: string(),
  detail: looseObject({ requestParameters: looseObject({ bucketName: BucketNameSchema }) }),
});

/** The scope of an audit. */
export interface AuditTask {
  readonly scope: AuditScope;
  /** Undefined means every account that the template names. */
  readonly accounts: readonly Account[] | undefined;
}

/**
 * Reads what an event asks for: one bucket that changed, what somebody requested, or everything.
 * @throws {InvalidAuditRequestError} When it is an event of a known type that does not fit.
 */
export function auditTaskOf(event: unknown): AuditTask {
  switch (detailTypeOf(event)) {
    case 'AuditRequested': {
      const { detail } = read(RequestEventSchema, event);
      const { buckets, region, tag, accounts } = detail;
      return { scope: { buckets, region, tag }, accounts };
    }
    case 'AWS API Call via CloudTrail': {
      const { account, detail } = read(TrailEventSchema, event);
      return {
        scope: { buckets: [detail.requestParameters.bucketName] },
        accounts: [{ accountId: account }],
      };
    }
    default:
      return { scope: {}, accounts: undefined };
  }
}

/** Names an audit by its start and its execution: a retry names it alike, and names sort by time. */
export function auditIdOf({
  executionArn,
  startedAt,
}: Pick<InferOutput<typeof PrepareAuditSchema>, 'executionArn' | 'startedAt'>): string {
  const hash = createHash('sha256').update(executionArn).digest('hex').slice(0, 8);
  const time = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  return `${time}-${hash}`;
}

/** The accounts that the template names: its own, and those of the roles. */
export function configuredAccounts(ownAccountId: string, roleArns: string): readonly Account[] {
  const roles = roleArns.split(',').flatMap((text): readonly Account[] => {
    const roleArn = text.trim();
    const accountId = /^arn:aws[a-z-]*:iam::(\d{12}):role\//.exec(roleArn)?.[1];
    return accountId === undefined ? [] : [{ accountId, roleArn }];
  });
  return [{ accountId: ownAccountId }, ...roles];
}

/** Gives accounts that were named without a role the one that the template names for them. */
export function withRoles(
  accounts: readonly Account[],
  configured: readonly Account[],
): readonly Account[] {
  return accounts.map((account) =>
    account.roleArn === undefined
      ? (configured.find(({ accountId }) => accountId === account.accountId) ?? account)
      : account,
  );
}

function detailTypeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'detail-type' in event
    ? event['detail-type']
    : undefined;
}

function read<Schema extends typeof RequestEventSchema | typeof TrailEventSchema>(
  schema: Schema,
  event: unknown,
): InferOutput<Schema> {
  const parsed = safeParse(schema, event);
  if (parsed.success) return parsed.output;
  throw new InvalidAuditRequestError(
    `Cannot read the request: ${problemsText(inputProblems(parsed.issues))}`,
  );
}
