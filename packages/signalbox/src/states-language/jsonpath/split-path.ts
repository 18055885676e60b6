/** One part of a path: a name or an index, or what may match many. */
export type PathSegment =
  | { readonly kind: 'step'; readonly step: string | number }
  | { readonly kind: 'many'; readonly text: string };

/**
 * Splits what follows a path's root, `.a['b'][0]..c[?(@.d)]`, into its segments; undefined where the
 * text is no path. AWS's library takes any character but `.` and `[` in a dotted name, where
 * RFC 9535 takes letters, digits and `_`: names are therefore split here.
 */
export function splitPath(text: string): readonly PathSegment[] | undefined {
  const segments: PathSegment[] = [];
  let at = 0;
  while (at < text.length) {
    const next = nextSegment(text, at);
    if (next === undefined) return undefined;
    segments.push(next.segment);
    at = next.end;
  }
  return segments;
}

interface Next {
  readonly segment: PathSegment;
  readonly end: number;
}

function nextSegment(text: string, start: number): Next | undefined {
  if (text.startsWith('..', start)) return descendant(text, start);
  if (text[start] === '.') return dotted(text, start + 1);
  if (text[start] === '[') return bracketed(text, start);
  return undefined;
}

function descendant(text: string, start: number): Next | undefined {
  const next = text[start + 2] === '[' ? bracketed(text, start + 2) : dotted(text, start + 2);
  if (next === undefined) return undefined;
  const { segment, end } = next;
  const inner = segment.kind === 'step' ? `[${JSON.stringify(segment.step)}]` : segment.text;
  return { segment: { kind: 'many', text: `..${inner}` }, end };
}

function dotted(text: string, start: number): Next | undefined {
  let end = start;
  while (end < text.length && text[end] !== '.' && text[end] !== '[') end++;
  const name = text.slice(start, end).trim();
  if (name === '' || /[()'"\s]/.test(name)) return undefined;
  if (name === '*') return { segment: { kind: 'many', text: '[*]' }, end };
  return { segment: { kind: 'step', step: name }, end };
}

function bracketed(text: string, start: number): Next | undefined {
  const end = closingBracket(text, start);
  if (end === undefined) return undefined;
  const inner = text.slice(start + 1, end).trim();
  const step = stepOf(inner);
  const segment: PathSegment =
    step === undefined ? { kind: 'many', text: `[${inner}]` } : { kind: 'step', step };
  return { segment, end: end + 1 };
}

function stepOf(inner: string): string | number | undefined {
  if (/^-?\d+$/.test(inner)) return Number(inner);
  const quoted = /^(['"])((?:\\.|(?!\1)[^\\])*)\1$/s.exec(inner);
  return quoted?.[2]?.replace(/\\(.)/gs, '$1');
}

function closingBracket(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === "'" || char === '"') {
      at = closingQuote(text, at);
    } else if (char === '[') {
      depth++;
    } else if (char === ']' && --depth === 0) {
      return at;
    }
  }
  return undefined;
}

function closingQuote(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== text[start]) at += text[at] === '\\' ? 2 : 1;
  return at;
}
