import type { ExpressionProblems } from './expression-problems.ts';

/** An attribute value in DynamoDB's JSON. */
export type AttributeValue = Readonly<Record<string, unknown>>;

/** What dynalite gives its parsers beside the expression. */
export interface ExpressionContext {
  readonly attrNames?: Readonly<Record<string, string>> | undefined;
  readonly attrVals?: Readonly<Record<string, AttributeValue>> | undefined;
  /** The names that no expression of the request has used so far, as keys. */
  readonly unusedAttrNames: Record<string, unknown>;
  /** The values that no expression of the request has used so far, as keys. */
  readonly unusedAttrVals: Record<string, unknown>;
  isReserved(name: string): boolean;
  compare(operator: 'GT', one: AttributeValue, other: AttributeValue): boolean;
}

/** Looks up what stands in an expression for a name or a value, and notes what is not there. */
export interface References {
  word(word: string): string;
  name(placeholder: string): string | undefined;
  value(placeholder: string): AttributeValue | undefined;
}

/**
 * Creates the look-up of one expression.
 * @param kinds The kinds under which an absent name and an absent value are noted.
 */
export function createReferences<Kind extends string>(
  context: ExpressionContext,
  problems: ExpressionProblems<Kind | 'reserved'>,
  kinds: { readonly name: Kind; readonly value: Kind },
): References {
  return {
    word(word) {
      if (context.isReserved(word)) {
        problems.note(
          'reserved',
          `Attribute name is a reserved keyword; reserved keyword: ${word}`,
        );
      }
      return word;
    },
    name(placeholder) {
      if (problems.has(kinds.name)) return undefined;
      const name = context.attrNames?.[placeholder];
      if (name !== undefined) delete context.unusedAttrNames[placeholder];
      else problems.note(kinds.name, absent('attribute name', 'the document path', placeholder));
      return name;
    },
    value(placeholder) {
      if (problems.has(kinds.value)) return undefined;
      const value = context.attrVals?.[placeholder];
      if (value !== undefined) delete context.unusedAttrVals[placeholder];
      else problems.note(kinds.value, absent('attribute value', 'expression', placeholder));
      return value;
    },
  };
}

function absent(what: string, where: string, placeholder: string): string {
  return `An expression ${what} used in ${where} is not defined; ${what}: ${placeholder}`;
}
