import { type MapEntry, type Node, type NodePlace, textOf } from '../document/node.ts';
import { itemsOf, listPart, refuse, textPart } from './arguments.ts';
import { callOf, resolve } from './resolve.ts';
import type { Call, TemplateScope } from './scope.ts';

/** Looks a condition up by name; undefined when its problem is reported. */
export type ConditionLookup = TemplateScope['condition'];

/**
 * Makes the lookup of the Conditions section, each evaluated once.
 * `scope` is what their arguments may refer to, which is no resource.
 */
export function createConditions(
  entries: readonly MapEntry[],
  scope: Omit<TemplateScope, 'condition'>,
): ConditionLookup {
  const truths = new Map<string, boolean | undefined>();
  const underWay = new Set<string>();

  const lookUp: ConditionLookup = (name, place) => {
    if (truths.has(name)) return truths.get(name);
    const entry = entries.find(({ key }) => key === name);
    if (entry === undefined) {
      reportUnknownCondition(scope, name, place, entries);
      return undefined;
    }
    if (underWay.has(name)) {
      scope.report.at(entry.place, `Condition ${name} depends on itself`);
      return undefined;
    }
    underWay.add(name);
    const truth = truthOf(entry.value, { ...scope, condition: lookUp });
    underWay.delete(name);
    truths.set(name, truth);
    return truth;
  };
  return lookUp;
}

/** Reports a condition that is not in the Conditions section. */
export function reportUnknownCondition(
  { report }: Pick<TemplateScope, 'report'>,
  name: string,
  place: NodePlace,
  entries: readonly MapEntry[],
): void {
  const names = entries.map(({ key }) => key);
  report.missing(place, `${name} is not in Conditions`, name, names);
}

/** Evaluates a condition; undefined when its problem is reported. */
export function truthOf(node: Node, scope: TemplateScope): boolean | undefined {
  const call = callOf(node, scope);
  switch (call?.name) {
    case 'Condition':
      return named(call);
    case 'Fn::Equals':
      return equals(call);
    case 'Fn::Not':
      return not(call);
    case 'Fn::And':
      return several(call, (truths) => truths.every((truth) => truth === true));
    case 'Fn::Or':
      return several(call, (truths) => truths.some((truth) => truth === true));
    case 'Fn::Contains':
      return contains(call);
    default:
      if (node.kind !== 'broken') {
        // Fn::Contains stands in Rules alone, where CloudFormation's linter looks after it.
        const wanted = 'Fn::Equals, Fn::Not, Fn::And, Fn::Or or Condition';
        scope.report.at(node.place, `A condition is one of ${wanted}`);
      }
      return undefined;
  }
}

function named(call: Call): boolean | undefined {
  const name = textOf(call.argument);
  if (name !== undefined) return call.scope.condition(name, call.place);
  refuse(call, 'takes the name of a condition');
  return undefined;
}

function equals(call: Call): boolean | undefined {
  const sides = itemsOf(call, '[value, value]', 2)?.map((side) => resolve(side, call.scope));
  if (sides === undefined || sides.some((side) => side?.kind === 'broken')) return undefined;
  const [left, right] = sides.map(textOf);
  if (left !== undefined && right !== undefined) return left === right;
  refuse(call, 'takes two strings');
  return undefined;
}

/** AWS: of Rules alone, whether a list of strings has a string. */
function contains(call: Call): boolean | undefined {
  const [list, value] = itemsOf(call, '[list, value]', 2) ?? [];
  const items = list && listPart(call, list, 'where it looks');
  const text = value && textPart(call, value, 'what it looks for');
  if (items === undefined || text === undefined) return undefined;
  return items.some((item) => textOf(resolve(item, call.scope)) === text);
}

function not(call: Call): boolean | undefined {
  const [condition] = itemsOf(call, '[condition]', 1) ?? [];
  const truth = condition && truthOf(condition, call.scope);
  return truth === undefined ? undefined : !truth;
}

function several(
  call: Call,
  combine: (truths: readonly (boolean | undefined)[]) => boolean,
): boolean | undefined {
  const truths = itemsOf(call, '2 to 10 conditions', 2, 10)?.map((item) =>
    truthOf(item, call.scope),
  );
  return truths === undefined || truths.includes(undefined) ? undefined : combine(truths);
}
