import { isJsonObject, type Json } from '../core/json.ts';
import type { Stage } from './stage.ts';

/**
 * Replaces `${LogicalId}` in every text of a value by the physical id of the resource, as `Fn::Sub` does.
 * @throws {UserError} When the template has no such resource.
 */
export function withPhysicalIds(value: Json, stage: Pick<Stage, 'physicalId'>): Json {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{([\w/]+)\}/g, (_, logicalId) => stage.physicalId(logicalId));
  }
  if (Array.isArray(value)) return value.map((one: Json) => withPhysicalIds(one, stage));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withPhysicalIds(one, stage)]),
  );
}
