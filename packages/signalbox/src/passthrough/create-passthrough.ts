import { AwsError } from '../core/aws-error.ts';
import type { ActInstead } from '../endpoint/registry.ts';
import { namedIn } from './named-in.ts';
import { type PassthroughTarget, passthroughText } from './passthrough-target.ts';

/** Calls an action on AWS itself. @throws Whatever its SDK throws. */
export type CallAws = (
  service: PassthroughTarget['service'],
  action: string,
  input: object,
  region: string | undefined,
) => Promise<object>;

/** What goes to AWS, and who hears of it. */
export interface PassthroughOptions {
  readonly targets: readonly PassthroughTarget[];
  readonly callAws: CallAws;
  /** Takes a remark for the person who watches, when a target is called for the first time. */
  readonly onRemark: (line: string) => void;
}

/**
 * Lets calls that name certain functions or tables go to AWS. What such a call answers or refuses is passed on
 * as it is.
 */
export function createPassthrough({ targets, callAws, onRemark }: PassthroughOptions): ActInstead {
  const said = new Set<PassthroughTarget>();

  return (service, action, input) => {
    const own = targets.filter((target) => target.service === service);
    if (own.length === 0) return undefined;
    const names = namedIn(service, input);
    const [target] = own.filter(({ name }) => names.includes(name));
    if (target === undefined) return undefined;
    return async () => {
      const others = names.filter((name) => !own.some((one) => one.name === name));
      if (others.length > 0) throw mixed(action, target, others);
      if (!said.has(target)) {
        said.add(target);
        onRemark(`${action} of ${passthroughText(target)} goes to AWS`);
      }
      return await callAws(target.service, action, input, target.region).catch(toAwsError);
    };
  };
}

function mixed(action: string, target: PassthroughTarget, others: readonly string[]): AwsError {
  const message = `${action} names ${passthroughText(target)}, which is on AWS, and ${others.join(', ')}, which is rehearsed: one call can't reach both`;
  return new AwsError('ValidationException', message);
}

/** What AWS refuses has its own name; what never reached AWS, such as missing credentials, is named as that. */
function toAwsError(error: unknown): never {
  if (!(error instanceof Error)) throw new AwsError('InternalFailure', String(error));
  const isRefusal = '$metadata' in error;
  const { name, message, ...fields } = { ...error, name: error.name, message: error.message };
  if (isRefusal) {
    const own = Object.entries(fields).filter(([key]) => !key.startsWith('$'));
    throw new AwsError(name, message, Object.fromEntries(own));
  }
  throw new AwsError('PassthroughFailed', `AWS was not reached: ${name}: ${message}`);
}
