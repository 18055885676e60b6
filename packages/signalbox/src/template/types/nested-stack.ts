import { stackIdOf } from '../intrinsics/references.ts';
import { nestedStackOf } from '../stack.ts';
import type { ResourceType } from './resource-type.ts';

/** A stack inside the stack. What its `Outputs` are is known when its own template is read. */
export const nestedStack: ResourceType = {
  type: 'AWS::CloudFormation::Stack',
  supported: ['Parameters', 'TemplateURL'],
  inert: ['NotificationARNs', 'Tags', 'TimeoutInMinutes'],
  identify: ({ stack, logicalId }) => {
    const id = stackIdOf(nestedStackOf(stack, logicalId));
    return { physicalId: id, ref: id, attributes: {} };
  },
};
