import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticErrorSchema, StaticOperationSchema } from '@smithy/types';
import { type OperationRoute, routeOf, sortRoutes } from './routes.ts';
import { STS_CLIENT, stsModule } from './sts-schemas.ts';

/** The service as an SDK client's schemas describe it. */
export interface ServiceModel {
  readonly operations: ReadonlyMap<string, Operation>;
  /** The modelled errors by shape name. */
  readonly errors: ReadonlyMap<string, NormalizedSchema>;
  readonly routes: readonly OperationRoute[];
  /** The protocol of the service when a request names no other. */
  readonly rest: 'json' | 'xml';
  readonly xmlNamespace: string;
  /** Amazon S3: the first part of the path is the bucket, which no route names. */
  readonly bucketInPath: boolean;
  /** Whether errors over JSON or CBOR also carry the code that the older query protocol gave them. */
  readonly queryCompatible: boolean;
  /** Whether the service speaks JSON alone, where its model may have statuses of the query protocol that it left. */
  readonly isJsonAlone: boolean;
  /** Whether clients may compress the bodies of requests. */
  readonly compressesRequests: boolean;
}

/** One operation of a service. */
export interface Operation {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** HTTP status of a success. */
  readonly status: number;
}

/** An SDK package as its exports. */
export type SchemaModule = Readonly<Record<string, unknown>>;

const models = new Map<string, Promise<ServiceModel>>();

/**
 * Reads an SDK package's schemas at first use, and keeps them.
 * @throws {Error} When there is no such package, or it exports no client.
 */
export function loadModel(client: string): Promise<ServiceModel> {
  const loaded = models.get(client) ?? importModule(client).then(modelOf);
  models.set(client, loaded);
  return loaded;
}

async function importModule(client: string): Promise<SchemaModule> {
  return client === STS_CLIENT ? stsModule : await import(client);
}

/** Reads the operations, errors and settings out of an SDK package's exports. */
export function modelOf(module: SchemaModule): ServiceModel {
  const settings = protocolSettingsOf(module);
  const operations = Object.values(module).filter(isOperation);
  return {
    operations: new Map(operations.map((schema) => [schema[2], operationOf(schema)])),
    errors: new Map(
      Object.values(module)
        .filter(isError)
        .map((schema) => [schema[2], NormalizedSchema.of(schema)]),
    ),
    routes: sortRoutes(operations.flatMap(routeOf)),
    rest: settings.protocol.endsWith('#restXml') ? 'xml' : 'json',
    xmlNamespace: settings.xmlNamespace,
    bucketInPath: 'S3Client' in module,
    queryCompatible: settings.queryCompatible,
    isJsonAlone: /#awsJson1_[01]$/.test(settings.protocol) && !settings.queryCompatible,
    compressesRequests: settings.compressesRequests,
  };
}

// Schemas are tuples that start with a number for their kind: 9 an operation, -3 an error.
function isOperation(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === 9;
}

function isError(value: unknown): value is StaticErrorSchema {
  return Array.isArray(value) && value[0] === -3;
}

function operationOf([, , name, traits, input, output]: StaticOperationSchema): Operation {
  const http = typeof traits === 'object' ? traits.http : undefined;
  return {
    name,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
    status: http?.[2] ?? 200,
  };
}

interface ProtocolSettings {
  readonly protocol: string;
  readonly xmlNamespace: string;
  readonly queryCompatible: boolean;
  readonly compressesRequests: boolean;
}

interface ConfiguredClient {
  readonly config: {
    /** Present where an operation of the service has the trait `requestCompression`. */
    readonly requestMinCompressionSizeBytes?: unknown;
    readonly protocol: { getShapeId(): string };
    readonly protocolSettings?: { xmlNamespace?: string; awsQueryCompatible?: boolean };
  };
}

type ClientClass = new (options: object) => ConfiguredClient;

// The settings are in the client's configuration only: nothing is sent by making one.
function protocolSettingsOf(module: SchemaModule): ProtocolSettings {
  const found = Object.entries(module).find(([name]) => /^[A-Z]\w*Client$/.test(name));
  if (found === undefined || !isClientClass(found[1])) {
    throw new Error(`No client among the exports: ${Object.keys(module).slice(0, 5).join(', ')}`);
  }
  const { config } = new found[1]({
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  return {
    protocol: config.protocol.getShapeId(),
    xmlNamespace: config.protocolSettings?.xmlNamespace ?? '',
    queryCompatible: config.protocolSettings?.awsQueryCompatible ?? false,
    compressesRequests: config.requestMinCompressionSizeBytes !== undefined,
  };
}

function isClientClass(value: unknown): value is ClientClass {
  return typeof value === 'function';
}
