/**
 * Reads which messages of a batch have failed from a function's response to an event source mapping
 * with `ReportBatchItemFailures`; undefined when the response is none, so that the whole batch has
 * failed (Lambda Developer Guide, "Implementing partial batch responses").
 */
export function readBatchItemFailures(
  payload: Uint8Array,
  messageIds: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  const response: unknown = JSON.parse(new TextDecoder().decode(payload));
  // AWS: an empty or null response, and an empty or null list, say that all have succeeded.
  if (response === null) return new Set();
  if (typeof response !== 'object' || Array.isArray(response)) return undefined;
  const failures: unknown = 'batchItemFailures' in response ? response.batchItemFailures : null;
  if (failures === null) return new Set();
  if (!Array.isArray(failures)) return undefined;
  const failed = new Set<string>();
  for (const failure of failures) {
    const identifier = identifierOf(failure);
    if (identifier === undefined || !messageIds.has(identifier)) return undefined;
    failed.add(identifier);
  }
  return failed;
}

function identifierOf(failure: unknown): string | undefined {
  const hasIdentifier =
    typeof failure === 'object' && failure !== null && 'itemIdentifier' in failure;
  if (!hasIdentifier) return undefined;
  return typeof failure.itemIdentifier === 'string' ? failure.itemIdentifier : undefined;
}
