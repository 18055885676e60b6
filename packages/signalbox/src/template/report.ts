import { nearest } from '../core/nearest.ts';
import type { Problem } from '../core/result.ts';
import type { SourcePlace } from './app.ts';
import type { Remark } from './remark.ts';

/** The mistake of a misspelt section. */
const SECTIONS = 'sections';

/** Collects all that is wrong, each problem once. */
export class Report {
  readonly #problems = new Map<string, Problem>();
  readonly #remarks = new Map<string, Remark>();
  readonly #isStrict: boolean;
  #hasMisspeltSection = false;
  /** How often something was reported, again or for the first time. */
  heard = 0;

  /** `isStrict` refuses what the rehearsal does not know or do. */
  constructor(isStrict = true) {
    this.#isStrict = isStrict;
  }

  /** Takes a problem at a place of a file. */
  at(place: SourcePlace, message: string): void {
    this.add({ file: place.file, line: place.line, message });
  }

  /** Takes a text's syntax error: all of one file are one mistake, the first. */
  syntax(place: SourcePlace, message: string): void {
    const { file, line } = place;
    this.add({ file, line, message, mistake: `syntax of ${file}` });
  }

  add(problem: Problem): void {
    this.heard += 1;
    this.#problems.set(JSON.stringify([problem.file, problem.line, problem.message]), problem);
  }

  /**
   * Takes what AWS would take and the rehearsal does not know or do: refused where it is strict, else
   * remarked. Returns whether it goes on.
   */
  unrehearsed(
    place: SourcePlace,
    { kind, subject }: Pick<Remark, 'kind' | 'subject'>,
    message: string,
    suggestion?: string,
  ): boolean {
    this.heard += 1;
    const { file, line } = place;
    const text = withSuggestion(message, suggestion);
    if (this.#isStrict) this.at(place, text);
    else {
      const remark: Remark = { kind, subject, message: text, place: { file, line } };
      this.#remarks.set(JSON.stringify(remark), remark);
    }
    return !this.#isStrict;
  }

  /** Whether there is a problem at the line of a place already. */
  hasProblemAt({ file, line }: SourcePlace): boolean {
    return [...this.#problems.values()].some((one) => one.file === file && one.line === line);
  }

  /** What was remarked, by file and line. */
  get remarks(): readonly Remark[] {
    return [...this.#remarks.values()].sort((a, b) => byPlace(a.place, b.place));
  }

  /** Refuses a name that is not one of those allowed, and says the nearest. */
  unknown(place: SourcePlace, message: string, name: string, allowed: readonly string[]): void {
    this.at(place, withSuggestion(message, nearest(name, allowed)));
  }

  /** Refuses a section of a template; where it is misspelt, what it declares is missing elsewhere. */
  unknownSection({ file, line }: SourcePlace, name: string, sections: readonly string[]): void {
    const suggestion = nearest(name, sections);
    const message = withSuggestion(`The rehearsal knows no section ${name}`, suggestion);
    if (suggestion !== undefined) this.#hasMisspeltSection = true;
    const mistake = suggestion === undefined ? {} : ({ mistake: SECTIONS, isCause: true } as const);
    this.add({ file, line, message, ...mistake });
  }

  /** Refuses a reference to a name that nothing declares: all to the same name are one mistake. */
  missing(place: SourcePlace, message: string, name: string, declared: readonly string[]): void {
    const { file, line } = place;
    this.add({
      file,
      line,
      message: withSuggestion(message, nearest(name, declared)),
      mistake: this.#hasMisspeltSection ? SECTIONS : `no ${name}`,
    });
  }

  /** All problems, by file and line. */
  get problems(): readonly Problem[] {
    return [...this.#problems.values()].sort(byPlace);
  }
}

function byPlace(
  a: { readonly file?: string; readonly line?: number },
  b: { readonly file?: string; readonly line?: number },
): number {
  return (a.file ?? '').localeCompare(b.file ?? '') || (a.line ?? 0) - (b.line ?? 0);
}

function withSuggestion(message: string, suggestion: string | undefined): string {
  return suggestion === undefined ? message : `${message}: did you mean ${suggestion}?`;
}
