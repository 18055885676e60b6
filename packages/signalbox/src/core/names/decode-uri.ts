/** Decodes a part of a URI; undefined where a percent sign begins no byte, such as in `%zz`. */
export function decodeUri(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
