import { readFileSync } from 'node:fs';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import { copyProject, type ProjectCopy } from '../rehearsals/project-copy.ts';

const RESOURCES = 'rehearsal/simulated-resources.json';

/**
 * Copies the project, so that what is edited meanwhile does not matter, with simulated resources that are made
 * anew quickly: of the many buckets that audits look at, only those that failovers change.
 */
export function copyFailoverProject(): ProjectCopy {
  const copy = copyProject();
  const resources: Json = JSON.parse(readFileSync(RESOURCES, 'utf8'));
  copy.write(RESOURCES, JSON.stringify(withoutAuditedBuckets(resources)));
  return copy;
}

function withoutAuditedBuckets(resources: Json): JsonObject {
  const sections = isJsonObject(resources) ? resources : {};
  const s3 = sections['s3'];
  const buckets = isJsonObject(s3) && Array.isArray(s3['buckets']) ? s3['buckets'] : [];
  const kept = buckets.filter((one) => isJsonObject(one) && one['name'] === 'web-platform-standby');
  return { ...sections, s3: { ...(isJsonObject(s3) && s3), buckets: kept } };
}
