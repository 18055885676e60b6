import type { Json } from '../../core/json.ts';

/** What a mapping template may refer to. */
export interface TemplateInput {
  /** The text of the body. */
  readonly body: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly context: Readonly<Record<string, Json>>;
}
