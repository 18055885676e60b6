/** Quotes a text for a shell that knows single quotes, which is each of bash, zsh and fish. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
