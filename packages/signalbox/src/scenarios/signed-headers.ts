import type { Stage } from './stage.ts';

/** Headers of a request that is signed for a service; the rehearsal reads who signed and verifies no signature. */
export function signedHeaders(
  { client: { credentials, region } }: Pick<Stage, 'client'>,
  service: string,
): Readonly<Record<string, string>> {
  const date = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const scope = `${credentials?.accessKeyId}/${date}/${region}/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
  };
}
