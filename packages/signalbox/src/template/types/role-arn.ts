import { globalArnOf } from '../stack.ts';
import type { Reading } from './resource-type.ts';

/**
 * Reads the role that a function or machine has to have. AWS creates none without; emulators do, so that
 * one is made up for templates that were written for them.
 * @param reading The resource.
 * @param property The property that names the role.
 * @returns The role's ARN; empty where its problem is reported.
 */
export function roleArnOf(reading: Reading, property: string): string {
  const { properties, report, resource, name, stack } = reading;
  if (properties.has(property)) return properties.text(property) ?? '';
  const message = `${resource.type} ${resource.logicalId}: it needs a ${property}`;
  const remark = { kind: 'value', subject: `role of ${resource.logicalId}` } as const;
  if (!report.unrehearsed(properties.place, remark, message)) return '';
  return globalArnOf(stack, 'iam', `role/${name}`);
}
