import type { Problem } from '../../core/result.ts';

/** A mistake in a definition, as ValidateStateMachineDefinition reports it. */
export interface Diagnostic extends Problem {
  readonly severity: 'ERROR' | 'WARNING';
  /** Such as `SCHEMA_VALIDATION_FAILED`, `MISSING_TRANSITION_TARGET`. */
  readonly code: string;
  /** The location as AWS writes it: `/States/Charge/Retry[0]`; undefined of the whole machine. */
  readonly location: string | undefined;
}

/** A place in a definition: members by name, items by index. */
export type DefinitionPath = readonly (string | number)[];

/** Writes a place as `States.Charge.Retry[0]`. */
export function dotted(place: DefinitionPath): string {
  return place.map((step, at) => stepText(step, at === 0 ? '' : '.')).join('');
}

/** Writes a place as AWS does: `/States/Charge/Retry[0]`; `/` for the whole definition. */
export function slashed(place: DefinitionPath): string {
  return place.length === 0 ? '/' : place.map((step) => stepText(step, '/')).join('');
}

function stepText(step: string | number, mark: string): string {
  return typeof step === 'number' ? `[${step}]` : mark + step;
}

/** Collects all that is wrong with a definition. */
export class Diagnostics {
  readonly found: Diagnostic[] = [];

  add(code: string, message: string, place: DefinitionPath): void {
    this.#add('ERROR', code, message, place);
  }

  /** Adds what AWS calls a failed schema validation; `field` is the exact place, where AWS names less. */
  schema(message: string, place: DefinitionPath, field = place): void {
    this.#add('ERROR', 'SCHEMA_VALIDATION_FAILED', message, place, field);
  }

  /** Adds a mistake of the machine as a whole. */
  whole(code: string, message: string): void {
    this.found.push({ severity: 'ERROR', code, message, path: '', location: undefined });
  }

  warn(code: string, message: string, place: DefinitionPath): void {
    this.#add('WARNING', code, message, place);
  }

  #add(
    severity: Diagnostic['severity'],
    code: string,
    message: string,
    place: DefinitionPath,
    field = place,
  ): void {
    const [path, location] = [dotted(field), slashed(place)];
    // What is read twice is wrong once.
    const isKnown = this.found.some((one) => one.location === location && one.message === message);
    if (!isKnown) this.found.push({ severity, code, message, path, location });
  }
}
