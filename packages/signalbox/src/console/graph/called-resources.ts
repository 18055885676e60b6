import type { State, StateGraph } from '../../states-language/ast.ts';
import type { Template } from '../../states-language/template.ts';

/** A thing that a workflow calls. */
export interface CalledResource {
  readonly kind: 'function' | 'table' | 'queue' | 'topic' | 'bus' | 'workflow';
  /** The name, without the rest of an ARN or URL. */
  readonly name: string;
}

/** The members of a task's parameters that name what it calls. */
const MEMBERS: Readonly<Record<string, CalledResource['kind']>> = {
  FunctionName: 'function',
  TableName: 'table',
  QueueUrl: 'queue',
  TopicArn: 'topic',
  EventBusName: 'bus',
  StateMachineArn: 'workflow',
};

/** Lists what the tasks of a machine call by name, each once; what an expression names is not known before it runs. */
export function calledResources(graph: StateGraph): readonly CalledResource[] {
  const found = new Map<string, CalledResource>();
  for (const one of calledBy(graph)) found.set(`${one.kind} ${one.name}`, one);
  return [...found.values()];
}

function calledBy({ states }: StateGraph): readonly CalledResource[] {
  return [...states.values()].flatMap((state) => [
    ...ofTask(state),
    ...(state.type === 'Map' ? calledBy(state.processor) : []),
    ...(state.type === 'Parallel' ? state.branches.flatMap(calledBy) : []),
  ]);
}

function ofTask(state: State): readonly CalledResource[] {
  if (state.type !== 'Task') return [];
  const { flow, resource } = state;
  const given = flow.language === 'JSONPath' ? flow.parameters : flow.arguments;
  const own: readonly CalledResource[] =
    resource.kind === 'lambda' ? [{ kind: 'function', name: nameIn(resource.text) }] : [];
  return given === undefined ? own : [...own, ...namedIn(given)];
}

function namedIn(template: Template): readonly CalledResource[] {
  if (template.kind === 'array') return template.items.flatMap(namedIn);
  if (template.kind === 'literal') return namedInValue(template.value);
  if (template.kind !== 'object') return [];
  return template.members.flatMap(({ name, value }) => {
    const kind = MEMBERS[name];
    const text = value.kind === 'literal' ? value.value : undefined;
    return kind !== undefined && typeof text === 'string'
      ? [{ kind, name: nameIn(text) }]
      : namedIn(value);
  });
}

function namedInValue(value: unknown): readonly CalledResource[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]: [string, unknown]) => {
    const kind = MEMBERS[name];
    return kind !== undefined && typeof one === 'string'
      ? [{ kind, name: nameIn(one) }]
      : namedInValue(one);
  });
}

/** The last part of an ARN, a URL or a name, without `:$LATEST`. */
function nameIn(text: string): string {
  return (
    text
      .replace(/:(\$LATEST|\d+)$/, '')
      .split(/[:/]/)
      .at(-1) ?? text
  );
}
