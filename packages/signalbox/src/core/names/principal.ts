import { createHash } from 'node:crypto';

/** Who an ARN of IAM names. */
export interface Principal {
  readonly kind: 'role' | 'user' | 'root';
  /** Without its path; empty for the account's root. */
  readonly name: string;
  /** The id that IAM gave it, such as `AROA…`, the same each time; empty for the account's root. */
  readonly id: string;
}

/** The name of the session in which somebody uses a role's credentials here. */
const SESSION = 'signalbox';

const KINDS = [
  ['role', 'AROA'],
  ['user', 'AIDA'],
] as const;

/** Reads the ARN of a role or user; any other is the account's root. */
export function principalOf(arn: string): Principal {
  for (const [kind, prefix] of KINDS) {
    const name = new RegExp(`:${kind}/(?:.*/)?([^/]+)$`).exec(arn)?.[1];
    if (name !== undefined) return { kind, name, id: idOf(prefix, arn) };
  }
  return { kind: 'root', name: '', id: '' };
}

/** AWS: whoever uses a role's credentials is a session of it, not the role. */
export function sessionOf(
  { id, name }: Principal,
  accountId: string,
): { readonly id: string; readonly arn: string } {
  return {
    id: `${id}:${SESSION}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${name}/${SESSION}`,
  };
}

function idOf(prefix: string, arn: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const digest = createHash('sha256').update(arn).digest();
  return `${prefix}${[...digest.subarray(0, 17)].map((byte) => letters.charAt(byte % 32)).join('')}`;
}
