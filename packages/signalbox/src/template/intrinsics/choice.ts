import { nearest } from '../../core/nearest.ts';
import { type Node, nodeOf, textNode, textOf, valueAt } from '../document/node.ts';
import { broken, itemsOf, listPart, refuse, textPart } from './arguments.ts';
import type { Call } from './scope.ts';
import { NEEDS_EXTENSIONS } from './text.ts';

/** `Fn::If`: `[condition, value when true, value when false]`. */
export function ifElse(call: Call): Node | undefined {
  const branch = branchOf(call);
  return branch && call.resolve(branch);
}

/** Chooses a branch of `Fn::If` without resolving it. */
export function branchOf(call: Call): Node | undefined {
  const items = itemsOf(call, '[condition, value when true, value when false]', 3);
  const name = textOf(items?.[0]);
  if (items === undefined) return broken(call);
  if (name === undefined) return refuse(call, 'takes the name of a condition first');
  const truth = call.scope.condition(name, call.place);
  return truth === undefined ? broken(call) : items[truth ? 1 : 2];
}

/** `Fn::Select`: `[index, [values]]`. */
export function select(call: Call): Node | undefined {
  const items = itemsOf(call, '[index, [values]]', 2);
  const index = items && textPart(call, items[0], 'its index');
  const values = items && listPart(call, items[1], 'its values');
  if (index === undefined || values === undefined) return broken(call);
  const value = /^\d+$/.test(index) ? values[Number(index)] : undefined;
  if (value !== undefined) return value;
  const message = `cannot select value ${index} of ${values.length}: the first has index 0`;
  // The list may come of a value that is made up.
  const remark = { kind: 'value', subject: `value ${index} of Fn::Select` } as const;
  const { report } = call.scope;
  const isMadeUp = report.remarks.some(({ kind }) => kind !== 'property');
  if (!isMadeUp) {
    const advice = 'where the list comes of a parameter, give it with --parameter-overrides';
    return refuse(call, `${message}; ${advice}`);
  }
  return report.unrehearsed(call.place, remark, `${call.name} ${message}`)
    ? textNode(`value-${index}`, call.place)
    : broken(call);
}

/** `Fn::FindInMap`: `[map, top level key, second level key]`, with a default by the extensions. */
export function findInMap(call: Call): Node | undefined {
  const items = itemsOf(call, '[map, top level key, second level key]', 3, 4);
  if (items === undefined) return broken(call);
  const fallback = valueAt(items[3], 'DefaultValue');
  if (items[3] !== undefined && fallback === undefined) {
    return refuse(call, 'takes { DefaultValue: value } as its fourth');
  }
  if (fallback !== undefined && !call.scope.languageExtensions) {
    return refuse(call, `with a DefaultValue ${NEEDS_EXTENSIONS}`);
  }
  const names = items.slice(0, 3).map((item) => textPart(call, item, 'each of its keys'));
  const [map, top, second] = names;
  if (map === undefined || top === undefined || second === undefined) return broken(call);
  const found = find(call, [map, top, second]);
  if (typeof found !== 'string') return { ...found, place: call.place };
  return fallback === undefined ? refuse(call, found) : call.resolve(fallback);
}

function find({ scope }: Call, keys: readonly string[]): Node | string {
  let node: Node | undefined;
  let path = 'Mappings';
  for (const key of keys) {
    const next: Node | undefined =
      node === undefined ? scope.mappings.get(key) : valueAt(node, key);
    if (next === undefined) {
      const candidates =
        node?.kind === 'map' ? node.entries.map((e) => e.key) : [...scope.mappings.keys()];
      const suggestion = nearest(key, candidates);
      return `finds no ${key} in ${path}${suggestion === undefined ? '' : `: did you mean ${suggestion}?`}`;
    }
    node = next;
    path += `.${key}`;
  }
  return node ?? 'finds nothing';
}

/** `Fn::GetAZs`: three availability zones of a region, of the stack's own for an empty text. */
export function getAzs(call: Call): Node {
  const region = textPart(call, call.argument, 'its region');
  if (region === undefined) return broken(call);
  const name = region === '' ? call.scope.stack.region : region;
  return nodeOf(
    ['a', 'b', 'c'].map((zone) => `${name}${zone}`),
    call.place,
  );
}

/** `Fn::Length` of the language extensions: how many items a list has. */
export function length(call: Call): Node {
  if (!call.scope.languageExtensions) return refuse(call, NEEDS_EXTENSIONS);
  const items = listPart(call, call.argument, 'its value');
  return items === undefined ? broken(call) : nodeOf(items.length, call.place);
}
