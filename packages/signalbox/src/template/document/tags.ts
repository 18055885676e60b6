/** CloudFormation's intrinsic functions, as the full form writes them. */
export const INTRINSICS = [
  'Ref',
  'Condition',
  'Fn::And',
  'Fn::Base64',
  'Fn::Cidr',
  'Fn::Equals',
  'Fn::FindInMap',
  'Fn::GetAtt',
  'Fn::GetAZs',
  'Fn::If',
  'Fn::ImportValue',
  'Fn::Join',
  'Fn::Length',
  'Fn::Not',
  'Fn::Or',
  'Fn::Select',
  'Fn::Split',
  'Fn::Sub',
  'Fn::ToJsonString',
  'Fn::Transform',
] as const;

export type Intrinsic = (typeof INTRINSICS)[number];

/** Returns whether CloudFormation knows a function. */
export function isIntrinsic(name: string): name is Intrinsic {
  return (INTRINSICS as readonly string[]).includes(name);
}

/** The full form of a short tag: `!Sub` is `Fn::Sub`, `!Ref` is `Ref`. */
export function fullForm(tag: string): string {
  const name = tag.slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

/** Every short tag, such as `!Sub`. */
export const SHORT_TAGS: readonly string[] = INTRINSICS.map(
  (name) => `!${name.startsWith('Fn::') ? name.slice(4) : name}`,
);
