import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { withTimes } from '../core/relative-time.ts';
import type { Fault, SimulatedService } from '../core/simulated-service.ts';
import { invalid, UserError } from '../core/user-error.ts';

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

/** Where simulated resources are seeded from. */
export interface WorldOptions {
  readonly root: string;
  /** The file of the sections, relative to the root; undefined where every service starts empty. */
  readonly simulatedResources: string | undefined;
  readonly now: () => Date;
}

/**
 * Opens the simulated resources of some services and seeds each from its section of the file; a
 * service without a section starts empty. Times such as `{{now+90d}}` are those of the rehearsal's clock.
 * @throws {UserError} When the file is missing, or has a section that no service has.
 */
export function openWorld(
  { root, simulatedResources: file, now }: WorldOptions,
  parts: readonly SimulatedService[],
): World {
  const faults = foundFaults(parts);
  const find = (name: string): FoundFault | undefined => findFault(faults, name);
  const reset = (names: readonly string[] = parts.map(({ name }) => name)): void => {
    const sections = readSections(root, file, parts, now());
    for (const name of names) seed(partOf(parts, name), file, sections[name] ?? {});
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

function partOf(parts: readonly SimulatedService[], name: string): SimulatedService {
  const part = parts.find((one) => one.name === name);
  if (part !== undefined) return part;
  const names = parts.map((one) => one.name).join(', ');
  throw new UserError('not-found', `No part "${name}" of the world: there is ${names}`);
}

/** A part names the place in its section; here the file comes to it. */
function seed(part: SimulatedService, file: string | undefined, section: Json): void {
  try {
    part.seed(section);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const lines = error.message
      .split('\n')
      .map((line) => (file === undefined ? line : `${file}: ${line}`));
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

function foundFaults(parts: readonly SimulatedService[]): readonly FoundFault[] {
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

/** The file's sections; none where the project has no such file. */
function readSections(
  root: string,
  file: string | undefined,
  parts: readonly SimulatedService[],
  now: Date,
): JsonObject {
  const sections = file === undefined ? {} : readFile(root, file, now);
  const names = parts.map(({ name }) => name);
  const unknown = Object.keys(sections).filter((key) => !names.includes(key));
  if (unknown.length === 0) return sections;
  throw invalid(
    unknown.map((path) => ({
      file: file ?? '',
      path,
      message: `no service has that name: there is ${names.join(', ')}`,
    })),
  );
}

function readFile(root: string, file: string, now: Date): JsonObject {
  const value = withTimes(parse(join(root, file), file), now);
  if (isJsonObject(value)) return value;
  throw new UserError('invalid', `${file}: write an object of sections`);
}

function parse(path: string, file: string): Json {
  if (!existsSync(path)) {
    throw new UserError('not-found', `Cannot read ${file}: no such file`);
  }
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError('invalid', `${file}: Cannot read the JSON: ${String(error)}`);
  }
}
