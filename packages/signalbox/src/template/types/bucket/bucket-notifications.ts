import type { BucketNotification } from '../../bucket-resource.ts';
import type { PropertyReader } from '../property-reader.ts';

/** The list of each kind of target, and the property that names one. */
const TARGETS: Readonly<Record<string, string>> = {
  LambdaConfigurations: 'Function',
  QueueConfigurations: 'Queue',
  TopicConfigurations: 'Topic',
};

/** Reads whom a bucket tells of its objects, besides EventBridge. */
export function notificationsOf(configuration: PropertyReader): readonly BucketNotification[] {
  return Object.entries(TARGETS).flatMap(([list, target]) =>
    configuration.maps(list).map((one) => {
      const rules = one.map('Filter').map('S3Key').maps('Rules');
      const rule = (name: string): string =>
        rules.find((found) => found.text('Name')?.toLowerCase() === name)?.text('Value') ?? '';
      return {
        targetArn: one.requiredText(target),
        event: one.requiredText('Event'),
        prefix: rule('prefix'),
        suffix: rule('suffix'),
      };
    }),
  );
}
