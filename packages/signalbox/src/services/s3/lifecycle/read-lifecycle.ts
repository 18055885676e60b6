import type {
  LifecycleRule,
  LifecycleRuleFilter,
  NoncurrentVersionTransition,
  Tag,
  Transition,
} from '@aws-sdk/client-s3';
import { given, type Members } from '../simulated/members.ts';
import type { GivenLifecycle } from './lifecycle.ts';
import { TRANSITION_CLASSES } from './storage-classes.ts';

/** Reads a lifecycle out of JSON, in the API's own spelling and with its dates as texts. */
export function readLifecycle(members: Members): GivenLifecycle {
  const rules = members.objects('Rules', readRule);
  return {
    Rules: rules ?? [],
    TransitionDefaultMinimumObjectSize: members.text('TransitionDefaultMinimumObjectSize'),
  };
}

/** Reads one rule. */
export function readRule(members: Members): LifecycleRule {
  return given({
    ID: members.text('ID'),
    Status: members.oneOf('Status', ['Enabled', 'Disabled']),
    Prefix: members.text('Prefix'),
    Filter: members.object('Filter', readFilter),
    Expiration: members.object('Expiration', (expiration) =>
      given({
        Days: expiration.whole('Days'),
        Date: expiration.date('Date'),
        ExpiredObjectDeleteMarker: expiration.flag('ExpiredObjectDeleteMarker'),
      }),
    ),
    Transitions: listOf(members.objects('Transitions', readTransition)),
    NoncurrentVersionExpiration: members.object('NoncurrentVersionExpiration', readVersions),
    NoncurrentVersionTransitions: listOf(
      members.objects('NoncurrentVersionTransitions', readNoncurrentTransition),
    ),
    AbortIncompleteMultipartUpload: members.object('AbortIncompleteMultipartUpload', (abort) =>
      given({ DaysAfterInitiation: abort.whole('DaysAfterInitiation') }),
    ),
  });
}

function listOf<T>(items: readonly T[] | undefined): T[] | undefined {
  return items === undefined ? undefined : [...items];
}

function readFilter(members: Members): LifecycleRuleFilter {
  return given({
    ...readScope(members),
    Tag: members.object('Tag', readTag),
    And: members.object('And', (and) =>
      given({ ...readScope(and), Tags: listOf(and.objects('Tags', readTag)) }),
    ),
  });
}

function readScope(members: Members) {
  return {
    Prefix: members.text('Prefix'),
    ObjectSizeGreaterThan: members.whole('ObjectSizeGreaterThan'),
    ObjectSizeLessThan: members.whole('ObjectSizeLessThan'),
  };
}

function readTag(members: Members): Tag {
  return { Key: members.text('Key'), Value: members.text('Value') };
}

function readTransition(members: Members): Transition {
  return given({
    Days: members.whole('Days'),
    Date: members.date('Date'),
    StorageClass: members.oneOf('StorageClass', TRANSITION_CLASSES),
  });
}

function readVersions(members: Members) {
  return given({
    NoncurrentDays: members.whole('NoncurrentDays'),
    NewerNoncurrentVersions: members.whole('NewerNoncurrentVersions'),
  });
}

function readNoncurrentTransition(members: Members): NoncurrentVersionTransition {
  return given({
    ...readVersions(members),
    StorageClass: members.oneOf('StorageClass', TRANSITION_CLASSES),
  });
}
