import { AwsError } from '../../core/aws-error.ts';
import { jsonText } from '../../core/exact-json/exact-number.ts';
import {
  isJsonObject,
  type Json,
  type JsonObject,
  ownPayload,
  parseJson,
} from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { State, StateMachine } from '../../states-language/ast.ts';
import { acceptDefinition, type DefinitionRules } from '../definition.ts';

/** AWS: what a tested state is called in its context object and in refusals. */
export const TESTED_NAME = 'StateName';

/** A state under test, alone in a machine. */
export interface TestedState {
  readonly state: State;
  readonly machine: StateMachine;
  /** Whether it stands inside a Map. */
  readonly isInMap: boolean;
}

/** Finds the state that is to be tested. @throws {AwsError} `InvalidDefinition` or `ValidationException`. */
export function findTestedState(
  text: string,
  stateName: string | undefined,
  { isMocked, rules }: { readonly isMocked: boolean; readonly rules: DefinitionRules },
): TestedState {
  // The tasks of other states, and one that is mocked, need nobody who serves them.
  const anyTask = { ...rules, interpreter: { ...rules.interpreter, resourcesOf: () => [] } };
  const found =
    stateName === undefined ? undefined : findState(wholeDefinition(text, anyTask), stateName);
  if (stateName !== undefined && found === undefined) {
    throw new AwsError('ValidationException', 'State not found in definition');
  }
  const alone = found?.definition ?? ownPayload(acceptable(text, rules));
  const definition = jsonText(machineOf(alone, found?.queryLanguage));
  const machine = acceptDefinition(definition, isMocked ? anyTask : rules);
  const state = machine.states.get(TESTED_NAME);
  if (state === undefined) throw new RangeError('Cannot find the state under test');
  return { state, machine, isInMap: found?.isInMap ?? false };
}

/** The text as it came, where it is JSON at all. */
function acceptable(text: string, rules: DefinitionRules): string {
  // Refuses the text in AWS's words.
  if (parseJson(text) === undefined) acceptDefinition(text, rules);
  return text;
}

function wholeDefinition(text: string, rules: DefinitionRules): JsonObject {
  acceptDefinition(text, rules);
  const definition: Json = ownPayload(text);
  return isJsonObject(definition) ? definition : {};
}

/** A machine of one state; where it leads to stands for the others. */
function machineOf(state: Json, queryLanguage: Json | undefined): JsonObject {
  const others = isJsonObject(state) ? targetsOf(state) : [];
  const succeed = others
    .filter((name) => name !== TESTED_NAME)
    .map((name) => [name, { Type: 'Succeed' }]);
  return {
    ...(queryLanguage === undefined ? {} : { QueryLanguage: queryLanguage }),
    StartAt: TESTED_NAME,
    States: { [TESTED_NAME]: state, ...Object.fromEntries(succeed) },
  };
}

function targetsOf(state: JsonObject): readonly string[] {
  const rules = [state['Choices'], state['Catch']].flatMap((list) =>
    Array.isArray(list) ? list.filter(isJsonObject) : [],
  );
  const targets = [state['Next'], state['Default'], ...rules.map((rule) => rule['Next'])];
  return targets.filter((target) => typeof target === 'string');
}

interface Found {
  readonly definition: Json;
  readonly queryLanguage: Json | undefined;
  readonly isInMap: boolean;
}

/** Looks for a state in a machine, and in the branches and processors inside its states. */
function findState(machine: JsonObject, name: string): Found | undefined {
  const queryLanguage = machine['QueryLanguage'];
  const inGraph = (graph: Json | undefined, isInMap: boolean): Found | undefined => {
    const states = isJsonObject(graph) ? graph['States'] : undefined;
    if (!isJsonObject(states)) return undefined;
    const definition = ownMember(states, name);
    if (definition !== undefined) return { definition, queryLanguage, isInMap };
    for (const state of Object.values(states)) {
      const found = isJsonObject(state) ? inState(state, isInMap) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const inState = (state: JsonObject, isInMap: boolean): Found | undefined => {
    const { Branches: branches } = state;
    for (const branch of Array.isArray(branches) ? branches : []) {
      const found = inGraph(branch, isInMap);
      if (found !== undefined) return found;
    }
    return inGraph(state['ItemProcessor'] ?? state['Iterator'], true);
  };
  return inGraph(machine, false);
}

/** Returns whether a Task of that name stands anywhere in a definition of a machine or of a state. */
export function isTaskIn(text: string, name: string): boolean {
  const definition: Json = ownPayload(text);
  if (!isJsonObject(definition)) return false;
  const whole = definition['States'] === undefined ? machineOf(definition, undefined) : definition;
  const found = findState(whole, name)?.definition;
  return isJsonObject(found) && found['Type'] === 'Task';
}
