import { checkKeys } from '../check-keys.ts';
import { entryOf, type MapEntry } from '../document/node.ts';
import type { Resource } from '../sections.ts';
import type { Expanding } from './expanding.ts';

const KNOWN = ['Location', 'NotificationARNs', 'Parameters', 'Tags', 'TimeoutInMinutes'];

/** Makes the nested stack of an `AWS::Serverless::Application`, as SAM does. */
export function expandApplication(resource: Resource, { report }: Expanding): Resource {
  const { logicalId, properties, place } = resource;
  const what = `AWS::Serverless::Application ${logicalId}`;
  checkKeys(properties, { what, known: KNOWN }, report);
  const location = entryOf(properties, 'Location');
  if (location === undefined) report.at(place, `${what}: it needs a Location`);
  if (entryOf(location?.value, 'ApplicationId') !== undefined) {
    const message = `${what}: the rehearsal takes nothing from the Serverless Application Repository: name a template of the project`;
    const remark = {
      kind: 'type',
      subject: 'applications of the Serverless Application Repository',
    } as const;
    report.unrehearsed(location?.place ?? place, remark, message);
  }
  const entries = properties.entries
    .filter(({ key }) => KNOWN.includes(key))
    .map((entry) => (entry === location ? templateUrl(entry) : entry));
  return {
    ...resource,
    type: 'AWS::CloudFormation::Stack',
    properties: { ...properties, entries },
  };
}

/** A Location that is no text is reported already. */
function templateUrl({ place, value }: MapEntry): MapEntry {
  const isMap = value.kind === 'map' && entryOf(value, 'ApplicationId') !== undefined;
  return { key: 'TemplateURL', place, value: isMap ? { kind: 'broken', place } : value };
}
