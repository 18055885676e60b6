import * as v from 'valibot';
import { ownMember } from '../../../core/names/own-member.ts';
import {
  AnyText,
  fields,
  listOf,
  mapOf,
  oneOf,
  Text,
  textLike,
  whole,
} from '../../../core/schema/schema.ts';
import { DEFAULT_VERSIONS, USUAL_LOAD } from '../lifecycle/create-cluster.ts';
import { ENGINE_PORTS } from '../model/db-cluster.ts';
import { DEFAULT_TIMINGS, type Timings } from '../model/timings.ts';

const MAX_SECONDS = 86_400;
const MAX_LAG_MS = 3_600_000;
const MAX_CONNECTIONS = 16_000;

const Identifier = textLike(/^[a-z](-?[a-z0-9])*$/, 'a name such as web-data');
const Region = textLike(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region such as us-east-1');
const Tags = v.optional(
  v.pipe(
    mapOf(AnyText),
    v.transform((tags) => new Map(Object.entries(tags))),
  ),
  {},
);

const seconds = (key: keyof Timings, least = 1) =>
  v.optional(whole(least, MAX_SECONDS), DEFAULT_TIMINGS[key]);

const TimingsSchema = fields({
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
});

const InstanceSchema = fields({
  identifier: Identifier,
  instanceClass: textLike(/^db\.[a-z0-9-]+(\.[a-z0-9]+)?$/, 'a class such as db.r6g.large'),
  availabilityZone: Text,
  promotionTier: v.optional(whole(0, 15), 1),
  tags: Tags,
});

const connections = (usual: number) => v.optional(whole(0, MAX_CONNECTIONS), usual);

const ClusterSchema = v.pipe(
  fields({
    region: Region,
    identifier: Identifier,
    engine: oneOf(Object.keys(ENGINE_PORTS)),
    engineVersion: v.optional(Text),
    /** The instance that writes; a secondary has none. */
    writer: v.optional(Text),
    ageDays: v.optional(whole(0, 10_000), 30),
    replicaLagMs: v.optional(whole(0, MAX_LAG_MS), USUAL_LOAD.replicaLagMs),
    globalLagMs: v.optional(whole(0, MAX_LAG_MS), USUAL_LOAD.globalLagMs),
    connections: v.optional(
      fields({
        writer: connections(USUAL_LOAD.connections.writer),
        reader: connections(USUAL_LOAD.connections.reader),
      }),
      {},
    ),
    tags: Tags,
    instances: v.optional(listOf(InstanceSchema), []),
  }),
  v.transform(({ engineVersion, ...cluster }) => ({
    ...cluster,
    engineVersion: engineVersion ?? ownMember(DEFAULT_VERSIONS, cluster.engine) ?? '',
  })),
);

const MemberSchema = fields({ region: Region, cluster: Identifier });

const GlobalSchema = v.pipe(
  fields({
    identifier: Identifier,
    primary: MemberSchema,
    secondaries: v.optional(listOf(MemberSchema), []),
  }),
  v.transform(({ identifier, primary, secondaries }) => ({
    identifier,
    /** The first is the primary. */
    members: [primary, ...secondaries],
  })),
);

/** The fields of the section: the databases, and how long their changes take. */
export const RdsSchema = fields({
  timings: v.optional(TimingsSchema, {}),
  clusters: v.optional(listOf(ClusterSchema), []),
  globalClusters: v.optional(listOf(GlobalSchema), []),
});

/** The section of the file of simulated resources as it was read. */
export type RdsSection = v.InferOutput<typeof RdsSchema>;

/** A cluster that is there from the start. */
export type ClusterSection = RdsSection['clusters'][number];

/** A global cluster that is there from the start. */
export type GlobalSection = RdsSection['globalClusters'][number];

/** A member of a global cluster, by name. */
export type MemberSection = GlobalSection['members'][number];
