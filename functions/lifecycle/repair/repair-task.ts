import { object, optional, string } from 'valibot';

/** Which bucket a repair is at, and by which role. */
export const RepairedBucketSchema = object({
  accountId: string(),
  bucket: string(),
  region: string(),
  roleArn: optional(string()),
});

/** The roles that may repair, by their account; the platform's own account needs none. */
export function repairRoleOf(accountId: string, roleArns: string): string | undefined {
  return roleArns
    .split(',')
    .map((text) => text.trim())
    .find((roleArn) => roleArn.includes(`:iam::${accountId}:role/`));
}
