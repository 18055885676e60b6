import type { RE2JS } from 're2js';

/** A step of a path behind its root. */
export type PathToken =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'every' }
  | { readonly kind: 'descend' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  /** `[(@.length-1)]`: counted from the length. */
  | { readonly kind: 'from-length'; readonly offset: number }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined };

/** A filter: it holds where all criteria of one of the groups hold. */
export type Filter = readonly (readonly Criterion[])[];

/** One comparison of a filter, or whether a member is there. */
export type Criterion =
  | { readonly kind: 'presence'; readonly path: FilterPath; readonly isPresent: boolean }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: FilterOperand;
      readonly right: FilterOperand;
    };

/** In the order in which they are looked for: the first that occurs anywhere is the one. */
export const COMPARISON_OPERATORS = ['==', '>=', '<=', '!=', '<', '>', '=~'] as const;

export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

/** A side of a comparison. Words without quotes, numbers too, are texts. */
export type FilterOperand =
  | { readonly kind: 'path'; readonly path: FilterPath }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pattern'; readonly pattern: RE2JS };

/** A path into the item that is looked at, `@`, or into the whole document, `$`. */
export interface FilterPath {
  readonly isRoot: boolean;
  readonly tokens: readonly PathToken[];
}

/** Reads a path's text into its tokens. @throws {PathRefusal} Where it is none. */
export type CompileTokens = (text: string) => readonly PathToken[];

/** Says whether a token leads to one place only. */
export function isDefinite(token: PathToken): boolean {
  switch (token.kind) {
    case 'names':
    case 'from-length':
      return true;
    case 'indexes':
      return token.indexes.length === 1;
    default:
      return false;
  }
}

/** Writes tokens as the library writes them in its messages: `['a'][0]`. */
export function tokensText(tokens: readonly PathToken[]): string {
  return tokens.map(tokenText).join('');
}

function tokenText(token: PathToken): string {
  switch (token.kind) {
    case 'names':
      return namesText(token.names);
    case 'every':
      return '[*]';
    case 'descend':
      return '..';
    case 'filter':
      return '[?]';
    case 'indexes':
      return `[${token.indexes.join(',')}]`;
    case 'from-length':
      return `[@.size()${token.offset}]`;
    case 'slice':
      return `[${token.from ?? ''}:${token.to ?? ''}]`;
  }
}

/** Writes the names of a step: `['a', 'b']`. */
export function namesText(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(', ')}]`;
}
