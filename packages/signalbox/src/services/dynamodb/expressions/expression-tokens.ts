/** What a token of an expression is; a sign is its own kind. */
export type TokenKind =
  | 'word'
  | 'keyword'
  | 'name'
  | 'value'
  | 'index'
  | 'sign'
  | 'unknown'
  | 'end';

/** One token of an expression and where it stands. */
export interface Token {
  readonly kind: TokenKind;
  /** As written; a keyword in capitals. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

// Each alternative begins with other characters, so that a text is read once from left to right.
const TOKEN =
  /[ \t\r\n]+|(?<word>[a-zA-Z][a-zA-Z0-9_]*)|(?<name>#[a-zA-Z0-9_]+)|(?<value>:[a-zA-Z0-9_]+)|(?<index>[0-9]+)|(?<sign><>|<=|>=|[=<>()[\],.+-])|(?<unknown>.)/gsu;

/** Cuts an expression into tokens; the last one is its end. */
export function tokensOf(expression: string, keywords: ReadonlySet<string>): readonly Token[] {
  const tokens: Token[] = [];
  for (const { 0: written, index: start, groups } of expression.matchAll(TOKEN)) {
    const kind = kindOf(groups);
    if (kind === undefined) continue;
    const end = start + written.length;
    const keyword = kind === 'word' ? written.toUpperCase() : '';
    if (keywords.has(keyword)) tokens.push({ kind: 'keyword', text: keyword, start, end });
    else tokens.push({ kind, text: written, start, end });
  }
  const { length } = expression;
  return [...tokens, { kind: 'end', text: '<EOF>', start: length, end: length }];
}

const KINDS = ['word', 'name', 'value', 'index', 'sign', 'unknown'] as const;

function kindOf(groups: Readonly<Record<string, string | undefined>> | undefined) {
  return KINDS.find((kind) => groups?.[kind] !== undefined);
}
