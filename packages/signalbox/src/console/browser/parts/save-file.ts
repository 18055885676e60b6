/** Gives the person a file to keep. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** JSON as a file, made of parts so that a long one is never one text. */
export function jsonFile(parts: readonly string[]): Blob {
  return new Blob([...parts], { type: 'application/json' });
}
