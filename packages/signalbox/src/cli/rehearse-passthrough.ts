import type { ActInstead } from '../endpoint/registry.ts';
import { createCallAws } from '../passthrough/call-aws.ts';
import { createPassthrough } from '../passthrough/create-passthrough.ts';
import { type PassthroughTarget, passthroughText } from '../passthrough/passthrough-target.ts';
import { createColour } from './print/colour.ts';
import type { Session } from './session.ts';

/** AWS: where nothing names a Region, the SDKs' own first one. */
const DEFAULT_REGION = 'us-east-1';

/** Lets calls of certain functions and tables go to AWS, and says so in red before anything runs. */
export function openPassthrough(
  targets: readonly PassthroughTarget[],
  { client, output }: Pick<Session, 'client' | 'output'>,
): { readonly actInstead?: ActInstead } {
  if (targets.length === 0) return {};
  const colour = createColour(process.stderr, process.env);
  const announce = (line: string): void => output.say(colour.bad(line));
  const { profile, region = DEFAULT_REGION } = client;
  const whose = profile ?? process.env['AWS_PROFILE'] ?? 'the default credentials of this machine';
  announce(
    `Calls of ${targets.map(passthroughText).join(', ')} go to AWS itself, as ${whose} in ${region}: they change and cost what they do there`,
  );
  const callAws = createCallAws({ profile, region });
  return { actInstead: createPassthrough({ targets, callAws, onRemark: announce }) };
}
