import type { HealthCheckConfig } from '@aws-sdk/client-route-53';
import { decodeUri } from '../../core/names/decode-uri.ts';

/** The endpoint, object or routing control that a health check looks at. */
export type HealthTarget =
  | {
      readonly kind: 'endpoint';
      readonly type: string;
      readonly host: string;
      readonly port: number;
      readonly path: string;
    }
  | { readonly kind: 's3-object'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'routing-control'; readonly arn: string };

/** Looks at a target: whether a checker would find it well. */
export type Observe = (target: HealthTarget) => boolean;

/** The host names of Amazon S3 that name a bucket. */
const S3_HOST = /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/;

/** Returns the target of a health check: an object in S3 is recognized by its host name. */
export function targetOf(config: HealthCheckConfig): HealthTarget {
  const { Type: type = 'HTTPS', RoutingControlArn: arn = '' } = config;
  if (type === 'RECOVERY_CONTROL') return { kind: 'routing-control', arn };
  const host = config.FullyQualifiedDomainName ?? config.IPAddress ?? '';
  const path = config.ResourcePath ?? '';
  const bucket = S3_HOST.exec(host)?.[1];
  if (bucket !== undefined) {
    const key = path.replace(/^\//, '');
    return { kind: 's3-object', bucket, key: decodeUri(key) ?? key };
  }
  const port = config.Port ?? (type.startsWith('HTTPS') ? 443 : 80);
  return { kind: 'endpoint', type, host, port, path };
}
