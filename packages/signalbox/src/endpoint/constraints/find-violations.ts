import { type Constraint, demandsOf, unmetDemands } from './constraint.ts';

/** The constraints of an operation's input, by the path of the member: `*` is each of a list or map. */
export type OperationConstraints = Readonly<Record<string, Constraint>>;

/** A member that does not meet a demand of the model. */
export interface Violation {
  /** The path of the constraint, such as `Targets.*.Id`. */
  readonly path: string;
  readonly value: unknown;
  /** AWS's sentence. */
  readonly sentence: string;
}

/** AWS names no more than ten. */
const MAX_VIOLATIONS = 10;

/** Finds what an input violates of a model's constraints. */
export function findViolations(
  constraints: OperationConstraints,
  input: object,
): readonly Violation[] {
  const found: Violation[] = [];
  for (const [path, constraint] of Object.entries(constraints)) {
    const steps = path.split('.');
    for (const { place, value } of membersAt(input, steps, '')) {
      const isInList = steps.at(-1) === '*';
      found.push(
        ...sentencesOf(constraint, value, isInList).map((demand) => ({
          path,
          value,
          sentence: `Value '${textOf(value, isInList)}' at '${place}' failed to satisfy constraint: ${demand}`,
        })),
      );
    }
    if (found.length >= MAX_VIOLATIONS) return found.slice(0, MAX_VIOLATIONS);
  }
  return found;
}

function sentencesOf(constraint: Constraint, value: unknown, isInList: boolean): readonly string[] {
  const unmet = unmetDemands(constraint, value);
  if (!isInList || unmet.length === 0) return unmet;
  return [`Member must satisfy constraint: [${demandsOf(constraint).join(', ')}]`];
}

interface Member {
  /** Such as `targets.1.member.id`. */
  readonly place: string;
  readonly value: unknown;
}

function membersAt(
  value: unknown,
  [step, ...rest]: readonly string[],
  place: string,
): readonly Member[] {
  if (value === undefined || value === null) return [];
  if (step === undefined) return [{ place, value }];
  if (typeof value !== 'object') return [];
  if (step !== '*') {
    const name = step.charAt(0).toLowerCase() + step.slice(1);
    const member: unknown = Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
    return membersAt(member, rest, place === '' ? name : `${place}.${name}`);
  }
  // AWS names the list whose member is wrong, unless the member has members of its own.
  const entries = Array.isArray(value)
    ? value.map((member: unknown, at) => [String(at + 1), member] as const)
    : Object.entries(value);
  return entries.flatMap(([key, member]) =>
    membersAt(member, rest, rest.length === 0 ? place : `${place}.${key}.member`),
  );
}

function textOf(value: unknown, isInList: boolean): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return isInList ? `[${text}]` : text;
}
