import type { Json } from '../../../core/json.ts';
import { bad, ok, type Problem, type Result } from '../../../core/result.ts';
import { DEFAULT_VERSIONS, USUAL_LOAD } from '../lifecycle/create-cluster.ts';
import type { Connections } from '../model/chronicle.ts';
import { ENGINE_PORTS } from '../model/db-cluster.ts';
import { DEFAULT_TIMINGS, type Timings } from '../model/timings.ts';
import { checkGlobals, checkNames } from './check-section.ts';
import { FieldReader } from './field-reader.ts';
import type {
  ClusterSection,
  GlobalSection,
  InstanceSection,
  MemberSection,
  RdsSection,
} from './rds-section.ts';

const IDENTIFIER = /^[a-z](-?[a-z0-9])*$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const MAX_SECONDS = 86_400;
const MAX_LAG_MS = 3_600_000;

/** Reads the section, and names everything that is wrong with it. */
export function parseRdsSection(section: Json): Result<RdsSection> {
  const problems: Problem[] = [];
  const reader = new FieldReader(section, 'rds', problems);
  const parsed: RdsSection = {
    timings: readTimings(reader.object('timings')),
    clusters: reader.list('clusters', readCluster),
    globalClusters: reader.list('globalClusters', readGlobal),
  };
  reader.end();
  // What does not even parse is not worth comparing.
  if (problems.length === 0) problems.push(...checkNames(parsed), ...checkGlobals(parsed));
  return problems.length > 0 ? bad(...problems) : ok(parsed);
}

function readTimings(reader: FieldReader): Timings {
  const seconds = (key: keyof Timings, min = 1) =>
    reader.integer(key, { min, max: MAX_SECONDS, fallback: DEFAULT_TIMINGS[key] });
  const timings = {
    failoverSeconds: seconds('failoverSeconds'),
    writerFlagLagSeconds: seconds('writerFlagLagSeconds', -MAX_SECONDS),
    recreateWriterSeconds: seconds('recreateWriterSeconds'),
    switchoverSeconds: seconds('switchoverSeconds'),
    globalFailoverSeconds: seconds('globalFailoverSeconds'),
    resyncSeconds: seconds('resyncSeconds'),
    promoteSeconds: seconds('promoteSeconds'),
    rebootSeconds: seconds('rebootSeconds'),
    modifySeconds: seconds('modifySeconds'),
    createClusterSeconds: seconds('createClusterSeconds'),
    createInstanceSeconds: seconds('createInstanceSeconds'),
    deleteSeconds: seconds('deleteSeconds'),
    stopSeconds: seconds('stopSeconds'),
    startSeconds: seconds('startSeconds'),
  };
  reader.end();
  return timings;
}

function readCluster(reader: FieldReader): ClusterSection {
  const engine = reader.text('engine');
  if (engine !== '' && !Object.hasOwn(ENGINE_PORTS, engine)) {
    reader.problem('engine', `Write ${Object.keys(ENGINE_PORTS).join(' or ')}`);
  }
  const { replicaLagMs, globalLagMs } = USUAL_LOAD;
  const lag = (key: string, fallback: number) =>
    reader.integer(key, { min: 0, max: MAX_LAG_MS, fallback });
  const cluster = {
    path: reader.pathOf('identifier'),
    region: reader.text('region', { pattern: REGION }),
    identifier: reader.text('identifier', { pattern: IDENTIFIER }),
    engine,
    engineVersion: reader.text('engineVersion', { fallback: DEFAULT_VERSIONS[engine] ?? '' }),
    writer: reader.optionalText('writer'),
    ageDays: reader.integer('ageDays', { min: 0, max: 10_000, fallback: 30 }),
    replicaLagMs: lag('replicaLagMs', replicaLagMs),
    globalLagMs: lag('globalLagMs', globalLagMs),
    connections: readConnections(reader.object('connections')),
    tags: reader.texts('tags'),
    instances: reader.list('instances', readInstance),
  };
  reader.end();
  return cluster;
}

function readConnections(reader: FieldReader): Connections {
  const { writer, reader: usual } = USUAL_LOAD.connections;
  const connections = {
    writer: reader.integer('writer', { min: 0, max: 16_000, fallback: writer }),
    reader: reader.integer('reader', { min: 0, max: 16_000, fallback: usual }),
  };
  reader.end();
  return connections;
}

function readInstance(reader: FieldReader): InstanceSection {
  const instance = {
    path: reader.pathOf('identifier'),
    identifier: reader.text('identifier', { pattern: IDENTIFIER }),
    instanceClass: reader.text('instanceClass', { pattern: /^db\.[a-z0-9-]+(\.[a-z0-9]+)?$/ }),
    availabilityZone: reader.text('availabilityZone'),
    promotionTier: reader.integer('promotionTier', { min: 0, max: 15, fallback: 1 }),
    tags: reader.texts('tags'),
  };
  reader.end();
  return instance;
}

function readGlobal(reader: FieldReader): GlobalSection {
  const global = {
    path: reader.pathOf('identifier'),
    identifier: reader.text('identifier', { pattern: IDENTIFIER }),
    members: [readMember(reader.object('primary')), ...reader.list('secondaries', readMember)],
  };
  reader.end();
  return global;
}

function readMember(reader: FieldReader): MemberSection {
  const member = {
    path: reader.pathOf('cluster'),
    region: reader.text('region', { pattern: REGION }),
    cluster: reader.text('cluster', { pattern: IDENTIFIER }),
  };
  reader.end();
  return member;
}
