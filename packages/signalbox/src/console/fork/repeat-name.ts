/** Makes the name of an execution that repeats another, from which a page tells that one. */
export function repeatName(kind: 'fork' | 'again', original: string): string {
  const mark = Math.random().toString(36).slice(2, 8).padEnd(6, '0');
  return `${repeatStart(kind, original)}${mark}`;
}

/** The beginning of the names of all that repeat an execution. */
export function repeatStart(kind: 'fork' | 'again', original: string): string {
  // AWS: at most 80 characters.
  return `${kind}-of-${original.slice(0, 60)}-`;
}
