import { array, looseObject, safeParse, string } from 'valibot';
import { ACCOUNT_ID } from '../../packages/signalbox/src/runtime/read-app.ts';

const FIELDS: readonly (readonly [
  field: string,
  name: (value: string, region: string) => string,
])[] = [
  ['DBClusterIdentifier', (value, region) => `aurora:${region}:${value}`],
  ['GlobalClusterIdentifier', (value) => `aurora-global:${value}`],
  [
    'UUID',
    (value, region) =>
      `event-source-mapping:arn:aws:lambda:${region}:${ACCOUNT_ID}:event-source-mapping:${value}`,
  ],
  ['AutoScalingGroupName', (value, region) => `auto-scaling:${region}:${value}`],
];

const ControlsSchema = looseObject({
  UpdateRoutingControlStateEntries: array(looseObject({ RoutingControlArn: string() })),
});

const ObjectSchema = looseObject({ Bucket: string(), Key: string() });

/** The target that a call changes, as the failovers name their locks; its own name if it is something else. */
export function targetsOfCall(service: string, input: object, region: string): readonly string[] {
  const controls = safeParse(ControlsSchema, input);
  if (controls.success) {
    return controls.output.UpdateRoutingControlStateEntries.map(
      ({ RoutingControlArn }) => `routing-control:${RoutingControlArn}`,
    );
  }
  const object = safeParse(ObjectSchema, input);
  if (service === 's3' && object.success) {
    return [`s3:${object.output.Bucket}/${object.output.Key}`];
  }
  const values = new Map<string, unknown>(Object.entries(input));
  const named = FIELDS.flatMap(([field, name]) => {
    const value = values.get(field);
    return typeof value === 'string' ? [name(value, region)] : [];
  });
  return named.length > 0 ? named : [`unknown target of ${service}`];
}
