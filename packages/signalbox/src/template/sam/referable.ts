/**
 * The logical ids of what SAM generates, by the property under which a template refers to it (AWS SAM
 * Developer Guide, "Generated AWS CloudFormation resources", referenceable property).
 */
const REFERABLE: Readonly<Record<string, (owner: string, logicalId: string) => boolean>> = {
  Alias: (owner, logicalId) => logicalId.startsWith(`${owner}Alias`),
  Deployment: (owner, logicalId) => logicalId.startsWith(`${owner}Deployment`),
  Stage: (owner, logicalId) => logicalId.startsWith(owner) && logicalId.endsWith('Stage'),
  Version: (owner, logicalId) => logicalId === `${owner}Version`,
};

/** The logical id that `!Ref name` leads to: of `Function.Alias`, that of the alias; any other as it is. */
export function referredId(name: string, logicalIds: Iterable<string>): string {
  const [owner = '', property = ''] = name.split('.');
  const isReferred = Object.hasOwn(REFERABLE, property) ? REFERABLE[property] : undefined;
  if (isReferred === undefined) return name;
  return [...logicalIds].find((logicalId) => isReferred(owner, logicalId)) ?? name;
}
