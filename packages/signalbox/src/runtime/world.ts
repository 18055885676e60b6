import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import type { Problem } from '../core/result.ts';
import { invalid, UserError } from '../core/user-error.ts';
import type { Fault, WorldPart } from '../core/world.ts';

/** What the services find around the app when a rehearsal begins: one section a part. */
export const SURROUNDINGS_FILE = 'rehearsal/simulated-resources.json';

/** A fault as `signalbox world faults` lists it. */
export interface ListedFault {
  /** Its name alone where no other part has one of the same, else `part.name`. */
  readonly name: string;
  readonly part: string;
  readonly summary: string;
  /** What it may be aimed at; undefined where there is no choice. */
  readonly target: string | undefined;
  /** What it is aimed at now; an empty text stands for the one that it chose by itself. */
  readonly on: readonly string[];
}

/** All that the rehearsed services show, and all that can be broken in them. */
export interface World {
  /** Every part's state by its name, or that of one part; undefined where there is no such part. */
  show(part?: string): JsonObject | undefined;
  faults(): readonly ListedFault[];
  /**
   * Starts a fault; the answer says what is broken now, undefined that there is no such fault.
   * @throws {UserError} `usage` for an unknown target, or a name that two parts have.
   */
  start(fault: string, target: string | undefined): string | undefined;
  /** Ends a fault, on all that it was aimed at where no target is given. @throws {UserError} As `start`. */
  end(fault: string, target: string | undefined): string | undefined;
  /**
   * Seeds parts again from the file: those that are named, or all.
   * @throws {UserError} With all that is wrong with the file; for a part that is not there.
   */
  reset(names?: readonly string[]): void;
}

/**
 * Opens the world of some parts and seeds it from `rehearsal/simulated-resources.json`.
 * @throws {UserError} When the file is missing, or has not exactly one section for each part.
 */
export function openWorld(root: string, parts: readonly WorldPart[]): World {
  const faults = foundFaults(parts);
  const find = (name: string): FoundFault | undefined => findFault(faults, name);
  const reset = (names: readonly string[] = parts.map(({ name }) => name)): void => {
    const sections = readSections(root, parts);
    for (const name of names) seed(partOf(parts, name), sections[name] ?? null);
    for (const { part, on } of faults) if (names.includes(part)) on.clear();
  };
  reset();
  return {
    reset,
    show(name) {
      const shown = parts.filter((part) => name === undefined || part.name === name);
      if (name !== undefined && shown.length === 0) return undefined;
      return Object.fromEntries(shown.map((part) => [part.name, part.show()]));
    },
    faults: () => faults.map(listedFault),
    start(name, target) {
      const found = find(name);
      const said = found?.fault.start(target);
      found?.on.add(target ?? '');
      return said;
    },
    end(name, target) {
      const found = find(name);
      if (found === undefined) return undefined;
      const { fault, on } = found;
      const aims = target === undefined && on.size > 0 ? [...on] : [target ?? ''];
      const said = aims.map((aim) => {
        const answer = fault.end(aim === '' ? undefined : aim);
        on.delete(aim);
        return answer;
      });
      return said.join('; ');
    },
  };
}

function partOf(parts: readonly WorldPart[], name: string): WorldPart {
  const part = parts.find((one) => one.name === name);
  if (part !== undefined) return part;
  const names = parts.map((one) => one.name).join(', ');
  throw new UserError('not-found', `No part "${name}" of the world: there is ${names}`);
}

/** A part names the place in its section; here the file comes to it. */
function seed(part: WorldPart, section: Json): void {
  try {
    part.seed(section);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const lines = error.message.split('\n').map((line) => `${SURROUNDINGS_FILE}: ${line}`);
    throw new UserError(error.code, lines.join('\n'));
  }
}

interface FoundFault {
  readonly name: string;
  readonly part: string;
  readonly fault: Fault;
  readonly isNameShared: boolean;
  readonly on: Set<string>;
}

function foundFaults(parts: readonly WorldPart[]): readonly FoundFault[] {
  const all = parts.flatMap((part) =>
    Object.entries(part.faults).map(([name, fault]) => ({ name, part: part.name, fault })),
  );
  return all.map((one) => ({
    ...one,
    isNameShared: all.filter(({ name }) => name === one.name).length > 1,
    on: new Set<string>(),
  }));
}

function findFault(faults: readonly FoundFault[], name: string): FoundFault | undefined {
  const found = faults.filter((one) => one.name === name || `${one.part}.${one.name}` === name);
  if (found.length <= 1) return found[0];
  const names = found.map(({ part }) => `${part}.${name}`).join(' or ');
  throw new UserError('usage', `More than one part has the fault "${name}": write ${names}`);
}

function listedFault({ name, part, fault, isNameShared, on }: FoundFault): ListedFault {
  return {
    name: isNameShared ? `${part}.${name}` : name,
    part,
    summary: fault.summary,
    target: fault.target,
    on: [...on],
  };
}

function readSections(root: string, parts: readonly WorldPart[]): JsonObject {
  const sections = readFile(root, parts);
  const names = parts.map(({ name }) => name);
  const problems: Problem[] = [
    ...Object.keys(sections)
      .filter((key) => !names.includes(key))
      .map((key) =>
        problem(key, `no part of the world has that name: there is ${names.join(', ')}`),
      ),
    ...names
      .filter((name) => !Object.hasOwn(sections, name))
      .map((name) => problem(name, 'is missing: each part of the world has a section')),
  ];
  if (problems.length > 0) throw invalid(problems);
  return sections;
}

function problem(path: string, message: string): Problem {
  return { file: SURROUNDINGS_FILE, path, message };
}

function readFile(root: string, parts: readonly WorldPart[]): JsonObject {
  if (parts.length === 0) return {}; // nothing is there to be seeded
  const value = parse(join(root, SURROUNDINGS_FILE));
  if (isJsonObject(value)) return value;
  throw new UserError('invalid', `${SURROUNDINGS_FILE}: write an object of sections`);
}

function parse(file: string): Json {
  if (!existsSync(file)) {
    throw new UserError('not-found', `Cannot read ${SURROUNDINGS_FILE}: no such file`);
  }
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError('invalid', `${SURROUNDINGS_FILE}: Cannot read the JSON: ${String(error)}`);
  }
}
