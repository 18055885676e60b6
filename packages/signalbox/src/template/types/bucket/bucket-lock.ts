import type { JsonObject } from '../../../core/json.ts';
import type { PropertyReader } from '../property-reader.ts';

/**
 * Writes a bucket's object lock in Amazon S3's own words, which checks it when the bucket is made; undefined
 * where the template has none. AWS: "AWS::S3::Bucket ObjectLockConfiguration".
 */
export function objectLockOf(properties: PropertyReader): JsonObject | undefined {
  const configuration = properties.map('ObjectLockConfiguration');
  const isOn = properties.flag('ObjectLockEnabled') === true;
  if (!isOn && !properties.has('ObjectLockConfiguration')) return undefined;
  return {
    ObjectLockEnabled: isOn ? 'Enabled' : (configuration.text('ObjectLockEnabled') ?? ''),
    ...(configuration.has('Rule') && { Rule: ruleOf(configuration.map('Rule')) }),
  };
}

function ruleOf(rule: PropertyReader): JsonObject {
  const retention = rule.map('DefaultRetention');
  const days = retention.number('Days');
  const years = retention.number('Years');
  return {
    DefaultRetention: {
      Mode: retention.text('Mode') ?? '',
      ...(days !== undefined && { Days: days }),
      ...(years !== undefined && { Years: years }),
    },
  };
}
