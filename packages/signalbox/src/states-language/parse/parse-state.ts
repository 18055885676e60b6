import type { QueryLanguage, State } from '../ast.ts';
import type { Fields } from './fields.ts';
import { parseChoice } from './parse-choice.ts';
import { parseFail } from './parse-fail.ts';
import { type FlowFields, parseFlow } from './parse-flow.ts';
import { parseMap } from './parse-map.ts';
import { parseParallel } from './parse-parallel.ts';
import { parseTask } from './parse-task.ts';
import { parseTransition } from './parse-transition.ts';
import { parseWait } from './parse-wait.ts';
import type { GraphParser, StateBaseOf } from './state-base.ts';

const FLOWS: Readonly<Record<State['type'], FlowFields>> = {
  Pass: { inputOutput: true, parameters: true, resultPath: true, assign: true },
  Task: {
    inputOutput: true,
    parameters: true,
    arguments: true,
    resultSelector: true,
    resultPath: true,
    assign: true,
  },
  Choice: { inputOutput: true, assign: true },
  Wait: { inputOutput: true, assign: true },
  Succeed: { inputOutput: true },
  Fail: {},
  Parallel: {
    inputOutput: true,
    parameters: true,
    arguments: true,
    resultSelector: true,
    resultPath: true,
    assign: true,
  },
  // A Map's Parameters is what ItemSelector was called before.
  Map: { inputOutput: true, resultSelector: true, resultPath: true, assign: true },
};

/** The states that call something, whose answer is their result. */
const WITH_RESULT: ReadonlySet<State['type']> = new Set(['Task', 'Map', 'Parallel']);

const MAX_NAME_LENGTH = 80;

/** Reads a state; what is wrong goes to the diagnostics. */
export function parseState(
  name: string,
  members: Fields,
  machine: QueryLanguage,
  parseGraph: GraphParser,
): State | undefined {
  const { diagnostics } = members;
  if (name.length > MAX_NAME_LENGTH) {
    diagnostics.schema(`State name is longer than ${MAX_NAME_LENGTH} characters`, members.place);
  }
  if (!members.require('Type')) return undefined;
  const type = members.word('Type', stateTypes());
  if (type === undefined) return undefined;
  const fields = members.in(languageOf(members, machine), WITH_RESULT.has(type));
  fields.value('Type');
  fields.value('QueryLanguage');
  const base = { name, comment: fields.text('Comment'), flow: parseFlow(fields, FLOWS[type]) };
  const state = parseByType(type, fields, base, parseGraph);
  fields.refuseOthers();
  return state;
}

function stateTypes(): readonly State['type'][] {
  return ['Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'];
}

/** AWS: a machine in JSONPath may have states in JSONata, and not the other way about. */
function languageOf(members: Fields, machine: QueryLanguage): QueryLanguage {
  const own = members.word('QueryLanguage', ['JSONPath', 'JSONata']);
  if (own === 'JSONPath' && machine === 'JSONata') {
    members.diagnostics.schema(
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      members.place,
    );
  }
  return own ?? machine;
}

function parseByType(
  type: State['type'],
  fields: Fields,
  base: StateBaseOf<State>,
  parseGraph: GraphParser,
): State {
  switch (type) {
    case 'Pass':
      return {
        ...base,
        type,
        result: fields.language === 'JSONata' ? undefined : fields.value('Result'),
        transition: parseTransition(fields),
      };
    case 'Task':
      return parseTask(fields, base);
    case 'Choice':
      return parseChoice(fields, base);
    case 'Wait':
      return parseWait(fields, base);
    case 'Succeed':
      return { ...base, type };
    case 'Fail':
      return parseFail(fields, base);
    case 'Parallel':
      return parseParallel(fields, base, parseGraph);
    case 'Map':
      return parseMap(fields, base, parseGraph);
  }
}
