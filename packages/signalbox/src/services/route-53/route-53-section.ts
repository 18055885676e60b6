import * as v from 'valibot';
import type { Json } from '../../core/json.ts';
import type { Problem } from '../../core/result.ts';
import { readSection } from '../../core/schema/read-section.ts';
import { Flag, fields, listOf, oneOf, Text, whole } from '../../core/schema/schema.ts';

const anyCheck = {
  id: Text,
  callerReference: Text,
  inverted: v.optional(Flag, false),
  disabled: v.optional(Flag, false),
};
const anyEndpoint = {
  ...anyCheck,
  fullyQualifiedDomainName: Text,
  port: v.optional(whole(1, 65_535)),
  requestIntervalSeconds: v.optional(whole(10), 30),
  failureThreshold: v.optional(whole(1), 3),
};
const ControlCheck = fields({
  ...anyCheck,
  type: v.literal('RECOVERY_CONTROL'),
  routingControlArn: Text,
});
const TcpCheck = fields({ ...anyEndpoint, type: v.literal('TCP') });
const HttpCheck = fields({
  ...anyEndpoint,
  type: oneOf(['HTTP', 'HTTPS', 'TCP', 'RECOVERY_CONTROL']),
  resourcePath: v.optional(Text, '/'),
});

/** The type says which fields a check has. */
const CheckSection = v.lazy((input) => {
  const type = typeof input === 'object' && input !== null && 'type' in input ? input.type : '';
  if (type === 'RECOVERY_CONTROL') return ControlCheck;
  return type === 'TCP' ? TcpCheck : HttpCheck;
});

const RecordSection = v.pipe(
  fields({
    name: Text,
    type: oneOf(['A', 'AAAA', 'CNAME', 'TXT']),
    failover: v.optional(oneOf(['PRIMARY', 'SECONDARY'])),
    setIdentifier: v.optional(Text),
    healthCheckId: v.optional(Text),
    alias: v.optional(fields({ hostedZoneId: Text, dnsName: Text })),
    ttlSeconds: v.optional(whole(0)),
    values: v.optional(listOf(Text)),
  }),
  v.forward(
    v.check(
      ({ failover, setIdentifier }) => (failover === undefined) === (setIdentifier === undefined),
      'Write it with failover, and not without',
    ),
    ['setIdentifier'],
  ),
  v.forward(
    v.check(
      ({ alias, values }) => (alias === undefined) !== (values === undefined),
      'Write either values or alias',
    ),
    ['values'],
  ),
  v.forward(
    v.check(
      ({ alias, ttlSeconds }) => alias === undefined || ttlSeconds === undefined,
      'Remove it: an alias has none of its own',
    ),
    ['ttlSeconds'],
  ),
);

const Route53Schema = fields({
  healthChecks: v.optional(listOf(CheckSection), []),
  hostedZones: v.optional(
    listOf(fields({ id: Text, name: Text, records: v.optional(listOf(RecordSection), []) })),
    [],
  ),
});

/** The section of Route 53 in the file of simulated resources. */
export type Route53Section = v.InferOutput<typeof Route53Schema>;
export type CheckSection = Route53Section['healthChecks'][number];
export type ZoneSection = Route53Section['hostedZones'][number];
export type RecordSection = ZoneSection['records'][number];

/** Reads the section. @throws {UserError} With everything that is wrong with it. */
export function readRoute53Section(part: string, section: Json): Route53Section {
  return readSection(part, section, Route53Schema, (read) => unknownChecks(part, read));
}

function unknownChecks(
  part: string,
  { healthChecks, hostedZones }: Route53Section,
): readonly Problem[] {
  const ids = new Set(healthChecks.map(({ id }) => id));
  return hostedZones.flatMap(({ records }, zone) =>
    records.flatMap(({ healthCheckId }, record) =>
      healthCheckId === undefined || ids.has(healthCheckId)
        ? []
        : [
            {
              path: `${part}.hostedZones[${zone}].records[${record}].healthCheckId`,
              message: `There is no health check "${healthCheckId}"`,
            },
          ],
    ),
  );
}
