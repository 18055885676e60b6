import { XmlCodec } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticStructureSchema } from '@smithy/types';

// Schema sentinel of the SDK: timestamps as `2026-01-31T12:00:00Z`.
const DATE_TIME = 5;

/** Reads XML by schema; the root element's name does not matter. */
export function readXml(schema: NormalizedSchema, body: Uint8Array): object {
  return codecOf('').createDeserializer().read(schema.getSchema(), body) ?? {};
}

/** Writes XML by schema, under an element of the schema's name. */
export function writeXml(schema: NormalizedSchema, value: object, xmlNamespace: string): string {
  const serializer = codecOf(xmlNamespace).createSerializer();
  serializer.write(schema, value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${String(serializer.flush())}`;
}

/** Makes a structure's schema on the spot; a member without a schema is a string. */
export function elementSchema(
  name: string,
  members: Readonly<Record<string, NormalizedSchema | undefined>>,
): NormalizedSchema {
  const schema: StaticStructureSchema = [
    3,
    'signalbox',
    name,
    0,
    Object.keys(members),
    Object.values(members).map((member) => member?.getSchema() ?? 0),
  ];
  return NormalizedSchema.of(schema);
}

function codecOf(xmlNamespace: string): XmlCodec {
  return new XmlCodec({
    timestampFormat: { useTrait: true, default: DATE_TIME },
    xmlNamespace,
    serviceNamespace: '',
  });
}
