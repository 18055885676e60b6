import type {
  AddTagsToResourceMessage,
  ListTagsForResourceMessage,
  RemoveTagsFromResourceMessage,
  TagListMessage,
} from '@aws-sdk/client-rds';
import { tagList, tagsOf } from '../describe/tag-list.ts';
import type { RdsCall } from '../model/rds-context.ts';
import { required } from '../rds-errors.ts';

/** Adds tags to what has the ARN. AWS: AddTagsToResource. @throws {AwsError} When there is no such thing. */
export function addTagsToResource(call: RdsCall, input: AddTagsToResourceMessage): object {
  const tags = tagsAt(call, input.ResourceName);
  for (const [key, value] of tagsOf(input.Tags)) tags.set(key, value);
  return {};
}

/** Takes tags away. AWS: RemoveTagsFromResource. @throws {AwsError} When there is no such thing. */
export function removeTagsFromResource(
  call: RdsCall,
  input: RemoveTagsFromResourceMessage,
): object {
  const tags = tagsAt(call, input.ResourceName);
  for (const key of input.TagKeys ?? []) tags.delete(key);
  return {};
}

/** Lists the tags of what has the ARN. AWS: ListTagsForResource. @throws {AwsError} When there is no such thing. */
export function listTagsForResource(
  call: RdsCall,
  input: ListTagsForResourceMessage,
): TagListMessage {
  return { TagList: tagList(tagsAt(call, input.ResourceName)) };
}

function tagsAt({ rds, region }: RdsCall, arn: string | undefined): Map<string, string> {
  return rds.store.byArn(region, required('ResourceName', arn)).tags;
}
