import type { ListQueueTagsResult, TagQueueRequest, UntagQueueRequest } from '@aws-sdk/client-sqs';
import type { Queue } from './queue.ts';
import type { QueueStore } from './queue-store.ts';
import { missingParameter } from './sqs-errors.ts';

/** Adds tags, or gives them another value. */
export function tagQueue(store: QueueStore, queue: Queue, { Tags }: TagQueueRequest): object {
  if (Tags === undefined) throw missingParameter('Tags');
  store.changeTags(queue, { ...queue.tags, ...Tags });
  return {};
}

/** Takes tags away; one that is not there is no error. */
export function untagQueue(
  store: QueueStore,
  queue: Queue,
  { TagKeys }: UntagQueueRequest,
): object {
  if (TagKeys === undefined) throw missingParameter('TagKeys');
  const gone = new Set(TagKeys);
  const left = Object.entries(queue.tags).filter(([key]) => !gone.has(key));
  store.changeTags(queue, Object.fromEntries(left));
  return {};
}

/** Lists the tags; the member is absent where there are none. */
export function listQueueTags({ tags }: Queue): ListQueueTagsResult {
  return Object.keys(tags).length === 0 ? {} : { Tags: tags };
}
