/** Matches a text against a pattern in which `*` stands for any characters, and `\*` and `\\` for themselves. */
export function matchesWildcards(text: string, pattern: string): boolean {
  const parts = literalParts(pattern);
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** The texts between the wildcards. */
function literalParts(pattern: string): readonly string[] {
  const parts = [''];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '*') {
      parts.push('');
      continue;
    }
    if (pattern[at] === '\\' && (pattern[at + 1] === '*' || pattern[at + 1] === '\\')) at++;
    parts[parts.length - 1] += pattern[at] ?? '';
  }
  return parts;
}
