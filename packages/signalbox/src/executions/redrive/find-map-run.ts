import type { HistoryEvent } from '../../history/history-event.ts';
import type { MapRuns } from '../map-runs/map-runs.ts';
import type { FindMapRun } from './redrive-point.ts';

/**
 * AWS: after these errors of a Map Run, as where its results alone are too large, a new one is started and the old
 * one is not redriven.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
 */
const BEGIN_ANEW: ReadonlySet<string | undefined> = new Set([
  'States.DataLimitExceeded',
  'States.Runtime',
]);

/** Finds the last Map Run of a Distributed Map in the history of an execution, where it is still known. */
export function findMapRunIn(mapRuns: MapRuns, executionArn: string): FindMapRun {
  return (stateName, events) => {
    const ofState = new Set(
      mapRuns
        .ofExecution(executionArn)
        .filter(({ request, status }) => request.stateName === stateName && status !== 'SUCCEEDED')
        .map(({ arn }) => arn),
    );
    const begun = events.findLast((event) => isBeginning(event) && ofState.has(event.mapRunArn));
    if (begun === undefined || !isBeginning(begun)) return undefined;
    const failed = events.find(
      ({ type, previousEventId }) => type === 'MapRunFailed' && previousEventId === begun.id,
    );
    const isAnew = failed?.type === 'MapRunFailed' && BEGIN_ANEW.has(failed.error);
    return isAnew ? undefined : begun.mapRunArn;
  };
}

type Beginning = HistoryEvent & { readonly type: 'MapRunStarted' | 'MapRunRedriven' };

function isBeginning(event: HistoryEvent): event is Beginning {
  return event.type === 'MapRunStarted' || event.type === 'MapRunRedriven';
}
