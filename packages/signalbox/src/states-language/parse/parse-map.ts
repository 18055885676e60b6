import type { DistributedMap, MapState, StateGraph } from '../ast.ts';
import { literal, type Template } from '../template.ts';
import type { Fields } from './fields.ts';
import { parseDistributed } from './parse-distributed.ts';
import { parseCatch, parseRetry } from './parse-errors.ts';
import { pathField, templateField, valueOrPathField } from './parse-template.ts';
import { parseTransition } from './parse-transition.ts';
import type { GraphParser, StateBaseOf } from './state-base.ts';

/** Reads what is a Map state's own. */
export function parseMap(
  fields: Fields,
  base: StateBaseOf<MapState>,
  parseGraph: GraphParser,
): MapState {
  const processor = parseProcessor(fields, parseGraph);
  return {
    ...base,
    type: 'Map',
    items: itemsField(fields),
    itemSelector: itemSelectorField(fields),
    maxConcurrency: checkedConcurrency(fields),
    processor: processor.graph,
    distributed: processor.distributed,
    retriers: parseRetry(fields),
    catchers: parseCatch(fields),
    transition: parseTransition(fields),
  };
}

interface Processor {
  readonly graph: StateGraph;
  readonly distributed: DistributedMap | undefined;
}

/** Reads ItemProcessor, or Iterator as it was called before. */
function parseProcessor(fields: Fields, parseGraph: GraphParser): Processor {
  fields.atMostOne('ItemProcessor', 'Iterator');
  const name = fields.has('Iterator') ? 'Iterator' : 'ItemProcessor';
  fields.require(name);
  const processor = fields.object(name);
  if (processor === undefined) {
    return { graph: { startAt: '', states: new Map() }, distributed: undefined };
  }
  const config = processor.object('ProcessorConfig');
  const mode = config?.word('Mode', ['INLINE', 'DISTRIBUTED']) ?? 'INLINE';
  const executionType = config?.word('ExecutionType', ['STANDARD', 'EXPRESS']);
  // AWS: states-language fields of a Distributed Map, ExecutionType.
  if (mode === 'DISTRIBUTED') config?.require('ExecutionType');
  config?.refuseOthers();
  const graph = parseGraph(processor);
  processor.text('Comment');
  processor.refuseOthers();
  // AWS takes these fields of an inline Map too, and does not look at them.
  const distributed = parseDistributed(fields, executionType ?? 'STANDARD');
  return { graph, distributed: mode === 'INLINE' ? undefined : distributed };
}

function itemsField(fields: Fields): Template | undefined {
  if (fields.language === 'JSONata') return templateField(fields, 'Items');
  const path = pathField(fields, 'ItemsPath');
  return path === undefined || path === null
    ? undefined
    : { kind: 'path', path, field: 'ItemsPath' };
}

function itemSelectorField(fields: Fields): Template | undefined {
  if (fields.language === 'JSONata') return templateField(fields, 'ItemSelector');
  fields.atMostOne('ItemSelector', 'Parameters');
  return templateField(fields, 'ItemSelector') ?? templateField(fields, 'Parameters');
}

function checkedConcurrency(fields: Fields): Template | undefined {
  const template = valueOrPathField(fields, 'MaxConcurrency');
  if (template?.kind !== 'literal') return template;
  return literal(fields.integer('MaxConcurrency', 0) ?? 0);
}
