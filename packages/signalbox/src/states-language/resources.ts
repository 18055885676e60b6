import type { StateGraph, StateMachine } from './ast.ts';
import { innerGraphs } from './checks/inner-graphs.ts';
import { type DefinitionPath, dotted } from './parse/diagnostic.ts';
import type { TaskResource } from './task/resource.ts';

/** A resource that a state names, and where. */
export interface ResourceUse {
  readonly resource: TaskResource;
  /** Such as `States.Charge.Resource`. */
  readonly path: string;
}

/** Lists the resources of all tasks, item readers and result writers, inside branches and processors too. */
export function resourcesOf(machine: StateMachine): readonly ResourceUse[] {
  return resourcesIn(machine, []);
}

function resourcesIn(graph: StateGraph, place: DefinitionPath): readonly ResourceUse[] {
  const own = [...graph.states.values()].flatMap((state) => {
    const inState = [...place, 'States', state.name];
    if (state.type === 'Task') return use(state.resource, inState);
    if (state.type !== 'Map') return [];
    return [
      ...use(state.distributed?.itemReader?.resource, [...inState, 'ItemReader']),
      ...use(state.distributed?.resultWriter?.resource, [...inState, 'ResultWriter']),
    ];
  });
  return [
    ...own,
    ...innerGraphs(graph, place).flatMap((inner) => resourcesIn(inner.graph, inner.place)),
  ];
}

function use(resource: TaskResource | undefined, place: DefinitionPath): readonly ResourceUse[] {
  return resource === undefined ? [] : [{ resource, path: dotted([...place, 'Resource']) }];
}
