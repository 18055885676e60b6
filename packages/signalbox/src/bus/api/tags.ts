import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../core/aws-error.ts';
import type { Bus } from '../bus.ts';
import { required } from './required.ts';

/** Gives a new bus or rule the tags that its request has. */
export function tagNew(bus: Bus, arn: string, tags: readonly Tag[] = []): void {
  if (tags.length > 0) bus.rules.tags.set(arn, asMap(tags));
}

/** Handles TagResource, for buses and rules. */
export function tagResource(bus: Bus, request: TagResourceRequest): Record<never, never> {
  const arn = taggable(bus, request.ResourceARN);
  const tags = asMap(required(request.Tags, 'tags'));
  bus.rules.tags.set(arn, { ...bus.rules.tags.get(arn), ...tags });
  return {};
}

/** Handles UntagResource; a tag that is not there is no error. */
export function untagResource(bus: Bus, request: UntagResourceRequest): Record<never, never> {
  const arn = taggable(bus, request.ResourceARN);
  const gone = new Set(required(request.TagKeys, 'tagKeys'));
  const left = Object.entries(bus.rules.tags.get(arn) ?? {}).filter(([key]) => !gone.has(key));
  bus.rules.tags.set(arn, Object.fromEntries(left));
  return {};
}

/** Handles ListTagsForResource. */
export function listTagsForResource(
  bus: Bus,
  request: ListTagsForResourceRequest,
): ListTagsForResourceResponse {
  const tags = bus.rules.tags.get(taggable(bus, request.ResourceARN)) ?? {};
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

function taggable(bus: Bus, given: string | undefined): string {
  const arn = required(given, 'resourceARN');
  const buses = bus.rules.allBuses();
  const rules = buses.flatMap(({ name }) => bus.rules.rulesOf(name).rules);
  if (buses.some((one) => one.arn === arn) || rules.some(({ rule }) => rule.arn === arn))
    return arn;
  const [kind = '', ...path] = (arn.split(':')[5] ?? '').split('/');
  const noun = kind === 'rule' ? `Rule ${path.at(-1) ?? ''}` : `Event bus ${path.join('/')}`;
  const where = kind === 'rule' ? ` on EventBus ${path.at(-2) ?? 'default'}` : '';
  throw new AwsError('ResourceNotFoundException', `${noun} does not exist${where}.`);
}

function asMap(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
