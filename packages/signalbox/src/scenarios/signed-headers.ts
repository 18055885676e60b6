import type { Stage } from './stage.ts';

/**
 * Makes headers of a request that is signed for a service; the rehearsal reads who signed and verifies
 * no signature.
 * @param stage The scenario's stage, whose credentials and Region sign.
 * @param service The signing name of the service, such as `execute-api`.
 * @returns The headers by their names in lower case.
 * @example
 * const response = await fetch(url, { headers: signedHeaders(stage, 'execute-api') });
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
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
