/** The URL at which a rehearsal has a queue, whether it is there or not; undefined for what is no queue's ARN. */
export function queueUrlOf(queueArn: string, endpointUrl: string): string | undefined {
  const [, , service, , accountId, name] = queueArn.split(':');
  if (service !== 'sqs' || name === undefined) return undefined;
  return `${endpointUrl}/${accountId}/${name}`;
}
