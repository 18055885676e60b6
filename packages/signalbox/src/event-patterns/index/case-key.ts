const ASCII = /^[\0-\x7f]*$/;

/**
 * Writes texts that are the same but for their case in one form; others may get the same form too,
 * so that what shares a form must still be compared.
 */
export function caseKey(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  // There and back, since some letters have one case only: a sharp s is written SS in upper case.
  return [...text].map((char) => char.toLowerCase().toUpperCase().toLowerCase()).join('');
}
