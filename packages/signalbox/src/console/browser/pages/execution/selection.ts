import { setQuery, usePlace } from '../../app/location.ts';

/** The view, the selected step and the chosen iterations: all of it is in the URL. */
export interface Selection {
  readonly view: 'graph' | 'table' | 'events' | 'logs';
  readonly stepId: number | undefined;
  readonly eventId: number | undefined;
  readonly tab: string;
  /** The iteration that is looked at, by the id of the Map's step. */
  readonly iterations: ReadonlyMap<number, number>;
}

const VIEWS = ['graph', 'table', 'events', 'logs'] as const;

/** The selection that the URL says. */
export function useSelection(): Selection {
  const { query } = usePlace();
  const view = VIEWS.find((one) => one === query.get('view')) ?? 'graph';
  const pairs = (query.get('iterations') ?? '').split(',').filter((pair) => pair.includes('.'));
  return {
    view,
    stepId: numberOf(query.get('step')),
    eventId: numberOf(query.get('event')),
    tab: query.get('tab') ?? 'input-output',
    iterations: new Map(pairs.map((pair) => pairOf(pair))),
  };
}

/** Selects a step; the same again leaves it selected. */
export function selectStep(stepId: number | undefined): void {
  setQuery({ step: stepId === undefined ? undefined : String(stepId), event: undefined });
}

/** Selects an event, and the step that it belongs to. */
export function selectEvent(eventId: number, stepId: number | undefined): void {
  setQuery({ event: String(eventId), step: stepId === undefined ? undefined : String(stepId) });
}

/** Looks at another iteration of a Map. */
export function chooseIteration(
  iterations: ReadonlyMap<number, number>,
  stepId: number,
  index: number,
): void {
  const all = [...new Map([...iterations, [stepId, index]])];
  setQuery({ iterations: all.map(([id, at]) => `${id}.${at}`).join(',') });
}

function pairOf(pair: string): [number, number] {
  const [id = 0, index = 0] = pair.split('.').map(Number);
  return [id, index];
}

function numberOf(text: string | null): number | undefined {
  const number = Number(text ?? Number.NaN);
  return Number.isInteger(number) ? number : undefined;
}
