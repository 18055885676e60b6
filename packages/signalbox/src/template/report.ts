import type { Problem } from '../core/result.ts';
import type { SourcePlace } from './app.ts';
import { nearest } from './nearest.ts';

/** Collects all that is wrong, each problem once. */
export class Report {
  readonly #problems = new Map<string, Problem>();

  /** Takes a problem at a place of a file. */
  at(place: SourcePlace, message: string): void {
    this.add({ file: place.file, line: place.line, message });
  }

  add(problem: Problem): void {
    this.#problems.set(JSON.stringify([problem.file, problem.line, problem.message]), problem);
  }

  /** Refuses a name that is not one of those allowed, and says the nearest. */
  unknown(place: SourcePlace, message: string, name: string, allowed: readonly string[]): void {
    const suggestion = nearest(name, allowed);
    this.at(place, suggestion === undefined ? message : `${message}: did you mean ${suggestion}?`);
  }

  /** All problems, by file and line. */
  get problems(): readonly Problem[] {
    return [...this.#problems.values()].sort(
      (a, b) => (a.file ?? '').localeCompare(b.file ?? '') || (a.line ?? 0) - (b.line ?? 0),
    );
  }
}
