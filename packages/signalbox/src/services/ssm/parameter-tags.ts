import type {
  AddTagsToResourceRequest,
  ListTagsForResourceRequest,
  ListTagsForResourceResult,
  RemoveTagsFromResourceRequest,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../core/aws-error.ts';
import type { ParameterStore } from './parameter-store.ts';

type Resource = Pick<ListTagsForResourceRequest, 'ResourceId' | 'ResourceType'>;

/** Adds tags to a parameter, or gives them another value. @throws {AwsError} `InvalidResourceId`. */
export function addTags(
  store: ParameterStore,
  input: AddTagsToResourceRequest,
): Record<never, never> {
  const name = taggedName(store, input);
  const added = (input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]);
  store.setTags(name, { ...store.tagsOf(name), ...Object.fromEntries(added) });
  return {};
}

/** Takes tags away; one that is not there is no error. @throws {AwsError} `InvalidResourceId`. */
export function removeTags(
  store: ParameterStore,
  input: RemoveTagsFromResourceRequest,
): Record<never, never> {
  const name = taggedName(store, input);
  const gone = new Set(input.TagKeys);
  const left = Object.entries(store.tagsOf(name)).filter(([key]) => !gone.has(key));
  store.setTags(name, Object.fromEntries(left));
  return {};
}

/** Lists a parameter's tags. @throws {AwsError} `InvalidResourceId`. */
export function listTags(
  store: ParameterStore,
  input: ListTagsForResourceRequest,
): ListTagsForResourceResult {
  const tags = Object.entries(store.tagsOf(taggedName(store, input)));
  return { TagList: tags.map(([Key, Value]) => ({ Key, Value })) };
}

function taggedName(store: ParameterStore, { ResourceType, ResourceId = '' }: Resource): string {
  if (ResourceType !== 'Parameter') {
    throw new AwsError(
      'InvalidResourceType',
      `${ResourceType} is not rehearsed: only parameters are`,
    );
  }
  const found = store.find(ResourceId);
  if (found !== undefined) return found.name;
  throw new AwsError('InvalidResourceId', `${ResourceId} is not a valid resource ID`);
}
