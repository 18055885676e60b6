/** The shape of an API action's response, as far as a mock of it is checked. */
export type OutputShape =
  | {
      readonly kind: 'structure';
      /** By the names that workflows write. */
      members(): ReadonlyMap<string, OutputShape>;
      readonly required: readonly string[];
    }
  | { readonly kind: 'list' | 'map'; items(): OutputShape }
  | { readonly kind: 'text' | 'number' | 'boolean' | 'any' };

/** Finds the shape of an action's response; undefined where the rehearsal has no model of it. */
export type OutputShapes = (service: string, action: string) => Promise<OutputShape | undefined>;
