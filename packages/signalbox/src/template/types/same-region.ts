import { isElsewhere } from '../../core/in-region.ts';
import { isJsonObject, parseJson } from '../../core/json.ts';
import type { Stack } from '../stack.ts';
import type { PropertyReader } from './property-reader.ts';

/**
 * Refuses an ARN of another Region, as AWS does at the deployment.
 * @param reader Has the property, whose line the problem names.
 * @param arn The property's text; undefined where it is absent.
 * @param message What AWS demands.
 * @example
 * refuseElsewhere(config, 'Arn', config.text('Arn'), stack, 'a dead-letter queue is in the Region of its rule');
 */
export function refuseElsewhere(
  reader: PropertyReader,
  property: string,
  arn: string | undefined,
  { region }: Pick<Stack, 'region'>,
  message: string,
): void {
  if (arn === undefined || !isElsewhere(arn, region)) return;
  reader.refuse(property, `${message}, ${region}, not elsewhere: ${arn}`);
}

/** Refuses a redrive policy whose queue is in another Region than `region`. */
export function refuseRedriveElsewhere(
  properties: PropertyReader,
  region: string,
  message: string,
): void {
  const given = properties.json('RedrivePolicy');
  const policy = typeof given === 'string' ? parseJson(given) : given;
  if (!isJsonObject(policy)) return;
  const { deadLetterTargetArn: arn } = policy;
  if (typeof arn === 'string')
    refuseElsewhere(properties, 'RedrivePolicy', arn, { region }, message);
}
