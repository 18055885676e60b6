import { AwsError } from '../../core/aws-error.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { REFUSED_MEMBERS } from './refused-members.ts';

/** The codes of services whose refusals are no `ValidationException`. */
const CODES: ReadonlyMap<string, string> = new Map([
  ['autoscaling', 'ValidationError'],
  ['lambda', 'InvalidParameterValueException'],
  ['logs', 'InvalidParameterException'],
  ['monitoring', 'InvalidParameterValue'],
  ['rds', 'InvalidParameterValue'],
  ['route53', 'InvalidInput'],
  ['s3', 'InvalidRequest'],
  ['secretsmanager', 'InvalidParameterException'],
  ['sns', 'InvalidParameterException'],
]);

/**
 * Refuses a member of an input by name that the rehearsal would take without effect.
 * @throws {AwsError} With the member's name and the reason.
 */
export function refuseMembers(service: string, input: object): void {
  const refused = ownMember(REFUSED_MEMBERS, service);
  if (refused === undefined) return;
  for (const [name, value] of Object.entries(input)) {
    const reason = isGiven(value) ? ownMember(refused, name) : undefined;
    if (reason === undefined) continue;
    throw new AwsError(
      CODES.get(service) ?? 'ValidationException',
      `${name} is not rehearsed: ${reason}. Leave it out, or deploy to AWS`,
    );
  }
}

/** What says no is as good as absent. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}
