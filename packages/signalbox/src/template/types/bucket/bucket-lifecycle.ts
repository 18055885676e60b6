import type { Json, JsonObject } from '../../../core/json.ts';
import type { PropertyReader } from '../property-reader.ts';

/**
 * Writes a bucket's LifecycleConfiguration in Amazon S3's own words; S3 checks it when the bucket is made.
 * AWS: "AWS::S3::Bucket Rule": CloudFormation names many members differently, and writes every scope as a filter.
 */
export function lifecycleOf(configuration: PropertyReader): JsonObject {
  refuseOthers(configuration, ['Rules', 'TransitionDefaultMinimumObjectSize']);
  return given({
    Rules: configuration.maps('Rules').map(ruleOf),
    TransitionDefaultMinimumObjectSize: configuration.text('TransitionDefaultMinimumObjectSize'),
  });
}

const RULE_PROPERTIES = [
  'AbortIncompleteMultipartUpload',
  'ExpirationDate',
  'ExpirationInDays',
  'ExpiredObjectDeleteMarker',
  'Id',
  'NoncurrentVersionExpiration',
  'NoncurrentVersionExpirationInDays',
  'NoncurrentVersionTransition',
  'NoncurrentVersionTransitions',
  'ObjectSizeGreaterThan',
  'ObjectSizeLessThan',
  'Prefix',
  'Status',
  'TagFilters',
  'Transition',
  'Transitions',
];

function ruleOf(rule: PropertyReader): JsonObject {
  refuseOthers(rule, RULE_PROPERTIES);
  const abort = rule.map('AbortIncompleteMultipartUpload');
  return given({
    ID: rule.text('Id'),
    Status: rule.requiredText('Status'),
    Filter: filterOf(rule),
    Expiration: someOf({
      Days: rule.number('ExpirationInDays'),
      Date: rule.text('ExpirationDate'),
      ExpiredObjectDeleteMarker: rule.flag('ExpiredObjectDeleteMarker'),
    }),
    Transitions: listOf(rule, 'Transition', transitionOf),
    NoncurrentVersionExpiration: noncurrentExpirationOf(rule),
    NoncurrentVersionTransitions: listOf(
      rule,
      'NoncurrentVersionTransition',
      noncurrentTransitionOf,
    ),
    AbortIncompleteMultipartUpload: someOf({
      DaysAfterInitiation: abort.number('DaysAfterInitiation'),
    }),
  });
}

function filterOf(rule: PropertyReader): JsonObject {
  const tags = rule
    .maps('TagFilters')
    .map((tag): JsonObject => ({ Key: tag.requiredText('Key'), Value: tag.text('Value') ?? '' }));
  const scope = given({
    Prefix: rule.text('Prefix'),
    ObjectSizeGreaterThan: rule.number('ObjectSizeGreaterThan'),
    ObjectSizeLessThan: rule.number('ObjectSizeLessThan'),
  });
  const [first] = tags;
  const predicates = Object.keys(scope).length + tags.length;
  if (predicates > 1) return { And: { ...scope, ...(first && { Tags: tags }) } };
  if (first !== undefined) return { Tag: first };
  return predicates === 0 ? { Prefix: '' } : scope;
}

/** The older properties take one action, the newer a list. */
function listOf(
  rule: PropertyReader,
  name: 'Transition' | 'NoncurrentVersionTransition',
  read: (transition: PropertyReader) => JsonObject,
): readonly JsonObject[] | undefined {
  const older = rule.has(name) ? [rule.map(name)] : [];
  const transitions = [...older, ...rule.maps(`${name}s`)];
  return transitions.length === 0 ? undefined : transitions.map(read);
}

function transitionOf(transition: PropertyReader): JsonObject {
  refuseOthers(transition, ['StorageClass', 'TransitionDate', 'TransitionInDays']);
  return given({
    StorageClass: storageClassOf(transition),
    Days: transition.number('TransitionInDays'),
    Date: transition.text('TransitionDate'),
  });
}

function noncurrentTransitionOf(transition: PropertyReader): JsonObject {
  refuseOthers(transition, ['NewerNoncurrentVersions', 'StorageClass', 'TransitionInDays']);
  return given({
    StorageClass: storageClassOf(transition),
    NoncurrentDays: transition.number('TransitionInDays'),
    NewerNoncurrentVersions: transition.number('NewerNoncurrentVersions'),
  });
}

function storageClassOf(transition: PropertyReader): string {
  const storageClass = transition.requiredText('StorageClass');
  // CloudFormation: an older spelling that is still taken.
  return storageClass === 'Glacier' ? 'GLACIER' : storageClass;
}

function noncurrentExpirationOf(rule: PropertyReader): JsonObject | undefined {
  const expiration = rule.map('NoncurrentVersionExpiration');
  return someOf({
    NoncurrentDays:
      expiration.number('NoncurrentDays') ?? rule.number('NoncurrentVersionExpirationInDays'),
    NewerNoncurrentVersions: expiration.number('NewerNoncurrentVersions'),
  });
}

function refuseOthers(properties: PropertyReader, known: readonly string[]): void {
  for (const name of properties.names.filter((each) => !known.includes(each))) {
    properties.refuse(name, `${name} is not a property of it`);
  }
}

type Maybe = Readonly<Record<string, Json | undefined>>;

/** Leaves out what is not there. */
function given(members: Maybe): JsonObject {
  const present: Record<string, Json> = {};
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) present[name] = value;
  }
  return present;
}

function someOf(members: Maybe): JsonObject | undefined {
  const present = given(members);
  return Object.keys(present).length === 0 ? undefined : present;
}
