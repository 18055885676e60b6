import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  TagResourceInput,
  TagResourceOutput,
  UntagResourceInput,
  UntagResourceOutput,
} from '@aws-sdk/client-sfn';
import { checkArn } from '../arns.ts';
import { checkTagCount } from '../machine-settings.ts';
import { required } from '../members.ts';
import { resourceNotFound } from '../refusals.ts';
import type { StatesContext } from '../states-context.ts';

/** TagResource. */
export function tagResource(context: StatesContext, input: TagResourceInput): TagResourceOutput {
  const arn = taggable(context, input.resourceArn);
  const tags = input.tags ?? [];
  const kept = context.tags.of(arn).filter(({ key }) => !tags.some((tag) => tag.key === key));
  checkTagCount([...kept, ...tags]);
  context.tags.set(arn, tags);
  return {};
}

/** UntagResource. */
export function untagResource(
  context: StatesContext,
  input: UntagResourceInput,
): UntagResourceOutput {
  context.tags.unset(taggable(context, input.resourceArn), input.tagKeys ?? []);
  return {};
}

/** ListTagsForResource. */
export function listTagsForResource(
  context: StatesContext,
  input: ListTagsForResourceInput,
): ListTagsForResourceOutput {
  return { tags: context.tags.of(taggable(context, input.resourceArn)) };
}

function taggable({ machines, activities }: StatesContext, resourceArn: string | undefined) {
  const arn = required('resourceArn', resourceArn);
  checkArn(arn, 'stateMachine', 'activity');
  const exists = machines.find(arn) ?? activities.find(arn);
  if (exists === undefined) throw resourceNotFound(arn);
  return arn;
}
