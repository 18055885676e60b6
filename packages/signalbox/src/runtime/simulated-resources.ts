import type { JsonObject } from '../core/json.ts';
import type { Problem } from '../core/result.ts';
import type { Fault, SimulatedService } from '../core/simulated-service.ts';
import { invalid, UserError } from '../core/user-error.ts';
import type { App } from '../template/app.ts';
import { readResourcesFile } from './resources-file.ts';
import { withSurroundings } from './surroundings/with-surroundings.ts';

/** A fault as `signalbox resources faults` lists it. */
export interface ListedFault {
  /** Its name alone where no other part has one of the same, else `part.name`. */
  readonly name: string;
  readonly part: string;
  readonly summary: string;
  /** The targets that it may be aimed at; undefined where there is no choice. */
  readonly target: string | undefined;
  /** The targets that it is aimed at now; an empty text stands for the one that it chose by itself. */
  readonly on: readonly string[];
}

/** All that the rehearsed services show, and all that can be broken in them. */
export interface SimulatedResources {
  /** Every part's state by its name, or that of one part; undefined where there is no such part. */
  show(part?: string): JsonObject | undefined;
  faults(): readonly ListedFault[];
  /**
   * Starts a fault; returns what is broken now; undefined where there is no such fault.
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

/** The file that seeds simulated resources, and the time that it is relative to. */
export interface SimulatedResourcesOptions {
  readonly root: string;
  /** The file of the sections, relative to the root; undefined where every service starts empty. */
  readonly simulatedResources: string | undefined;
  readonly now: () => Date;
  /** The apps of all Regions, whose own surroundings are there too; none unless given. */
  readonly apps?: () => readonly App[];
}

/**
 * Opens the simulated resources of some services and seeds each from its section of the file; a
 * service without a section starts empty. Times such as `{{now+90d}}` are those of the rehearsal's clock.
 * @throws {UserError} When the file is missing, or with all that is wrong in any of its sections,
 * each with file and line.
 */
export function openSimulatedResources(
  { root, simulatedResources: file, now, apps = () => [] }: SimulatedResourcesOptions,
  parts: readonly SimulatedService[],
): SimulatedResources {
  const faults = foundFaults(parts);
  const find = (name: string): FoundFault | undefined => findFault(faults, name);
  const reset = (names: readonly string[] = parts.map(({ name }) => name)): void => {
    const seeded = names.map((name) => partOf(parts, name));
    const { sections, placed } = readResourcesFile(root, file, now());
    const all = apps().reduce(withSurroundings, sections);
    const problems = [...unknownSections(sections, parts), ...seedAll(seeded, all)];
    if (problems.length > 0) throw invalid(placed(problems));
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
        const ended = fault.end(aim === '' ? undefined : aim);
        on.delete(aim);
        return ended;
      });
      return said.join('; ');
    },
  };
}

function partOf(parts: readonly SimulatedService[], name: string): SimulatedService {
  const part = parts.find((one) => one.name === name);
  if (part !== undefined) return part;
  const names = parts.map((one) => one.name).join(', ');
  throw new UserError(
    'not-found',
    `No part "${name}" of the simulated resources: there is ${names}`,
  );
}

/** Seeds the parts; returns what is wrong with the sections of all of them. */
function seedAll(parts: readonly SimulatedService[], sections: JsonObject): readonly Problem[] {
  return parts.flatMap((part) => {
    try {
      part.seed(sections[part.name] ?? {});
      return [];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return error.problems.length > 0
        ? error.problems
        : [{ path: part.name, message: error.message }];
    }
  });
}

/** Names the sections that no service has. */
function unknownSections(
  sections: JsonObject,
  parts: readonly SimulatedService[],
): readonly Problem[] {
  const names = parts.map(({ name }) => name);
  const unknown = Object.keys(sections).filter((key) => !names.includes(key));
  const message = `no service has that name: there is ${names.join(', ')}`;
  return unknown.map((path) => ({ path, message }));
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
