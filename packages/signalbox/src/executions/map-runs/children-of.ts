import type { HistoryStore, StoredExecution } from '../../history/store.ts';

/** The children that a Map Run has started, by their place among its inputs; of one started again the last. */
export function childrenOf(
  store: HistoryStore,
  { arn, stateMachineArn }: { readonly arn: string; readonly stateMachineArn: string },
): ReadonlyMap<number | string, StoredExecution> {
  const children = new Map<number | string, StoredExecution>();
  for (const child of store.executionsOf(stateMachineArn)) {
    const { mapRunArn, mapRunIndex, executionArn, startDate } = child.header;
    if (mapRunArn !== arn) continue;
    // What an earlier version of this tool has started has no place.
    const place = mapRunIndex ?? executionArn;
    const known = children.get(place);
    if (known === undefined || known.header.startDate <= startDate) children.set(place, child);
  }
  return children;
}
