import { readFileSync } from 'node:fs';
import {
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../packages/signalbox/src/core/json.ts';
import { copyProject, type ProjectCopy } from '../rehearsals/project-copy.ts';

const RESOURCES = 'rehearsal/simulated-resources.json';

/** The buckets that audits look at: few, since a run starts the project several times. */
const AUDITED_BUCKETS = 4;

/** Copies the project without what no run uses, so that it starts quickly. */
export function copyCrashProject(): ProjectCopy {
  const copy = copyProject();
  const resources: Json = JSON.parse(readFileSync(RESOURCES, 'utf8'));
  copy.write(RESOURCES, JSON.stringify(withFewBuckets(resources)));
  copy.write('scenarios/seed.json', '{}');
  copy.edit('samconfig.toml', 'Environment=local ', 'Environment=local DeployCosts=false ');
  return copy;
}

function withFewBuckets(resources: Json): JsonObject {
  const sections = isJsonObject(resources) ? resources : {};
  const s3 = isJsonObject(sections['s3']) ? sections['s3'] : {};
  const buckets = Array.isArray(s3['buckets']) ? s3['buckets'] : [];
  const kept = buckets.filter(
    (one, index) =>
      index < AUDITED_BUCKETS || (isJsonObject(one) && one['name'] === 'web-platform-standby'),
  );
  return { ...sections, s3: { ...s3, buckets: kept } };
}
