import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../../core/aws-error.ts';
import { type KeptMaps, unkeptMaps } from '../../../core/kept-maps.ts';
import { required } from '../cloudwatch-errors.ts';

/** Tags of alarms by their ARNs. */
export class AlarmTags {
  readonly #tags: Map<string, Map<string, string>>;

  constructor(maps: KeptMaps = unkeptMaps) {
    this.#tags = maps.map('monitoring/alarm-tags');
  }

  /** Adds tags to an alarm's, or changes them. */
  put(arn: string, tags: readonly Tag[]): void {
    const own = new Map(this.#tags.get(arn));
    for (const { Key = '', Value = '' } of tags) own.set(Key, Value);
    this.#tags.set(arn, own);
  }

  remove(arn: string): void {
    this.#tags.delete(arn);
  }

  /** CloudWatch API Reference, ListTagsForResource. */
  list(input: ListTagsForResourceInput, has: (arn: string) => boolean): ListTagsForResourceOutput {
    const arn = needed(input.ResourceARN, has);
    return { Tags: [...(this.#tags.get(arn) ?? [])].map(([Key, Value]) => ({ Key, Value })) };
  }

  /** CloudWatch API Reference, TagResource. */
  tag(input: TagResourceInput, has: (arn: string) => boolean): object {
    this.put(needed(input.ResourceARN, has), required('Tags', input.Tags));
    return {};
  }

  /** CloudWatch API Reference, UntagResource. */
  untag(input: UntagResourceInput, has: (arn: string) => boolean): object {
    const arn = needed(input.ResourceARN, has);
    const own = new Map(this.#tags.get(arn));
    for (const key of required('TagKeys', input.TagKeys)) own.delete(key);
    this.#tags.set(arn, own);
    return {};
  }
}

function needed(given: string | undefined, has: (arn: string) => boolean): string {
  const arn = required('ResourceARN', given);
  if (has(arn)) return arn;
  throw new AwsError('ResourceNotFoundException', `The resource ${arn} does not exist`, {
    ResourceType: 'alarm',
    ResourceId: arn,
  });
}
