import type { Json } from '../../src/core/json.ts';

/** A definition with an input, and what AWS does with it. */
export interface DefinitionCase {
  readonly id: string;
  /** Where AWS's behaviour is known from. */
  readonly source?: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: Json;
  readonly input: Json;
  readonly expected: DefinitionExpectation;
}

/** The refusal at creation, the output, the failure, or that it is taken at all. */
export interface DefinitionExpectation {
  /** A regular expression that the refusal matches. */
  readonly refusedWith?: string;
  readonly accepted?: boolean;
  readonly output?: Json;
  readonly error?: string;
  /** A regular expression that the cause matches; null where it is not known. */
  readonly causeMatches?: string | null;
}
