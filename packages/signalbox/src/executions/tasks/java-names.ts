/**
 * Returns how the SDK for Java 2 names a member, with a capital first letter as workflows write it:
 * an abbreviation becomes a word, `DBClusterIdentifier` is `DbClusterIdentifier`.
 */
export function javaMemberName(name: string): string {
  // The one member that would be a word of Java's: the SDK calls it `nul`.
  if (name === 'NULL') return 'Nul';
  const word = lowerStart(name);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Lowers the capitals at a name's start, but for the one that begins its next word. */
function lowerStart(name: string): string {
  let at = 1;
  while (isCapital(name[at]) && !isSmall(name[at + 1])) at += 1;
  return name.slice(0, at).toLowerCase() + name.slice(at);
}

function isCapital(char: string | undefined): boolean {
  return char !== undefined && /\p{Lu}/u.test(char);
}

function isSmall(char: string | undefined): boolean {
  return char !== undefined && /\p{Ll}/u.test(char);
}

/** Returns the class that the SDK for Java 2 makes of an error's shape: `DBClusterNotFoundFault` is `DbClusterNotFoundException`. */
export function javaExceptionName(shape: string): string {
  const name = shape.replace(/(Fault|Exception)$/, '');
  return `${wordsOf(name).map(capitalised).join('')}Exception`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/([^a-z]{2,})v(\d+)/g, '$1 v$2 ')
    .replace(/([^A-Z]{2,})V(\d+)/g, '$1 V$2 ')
    .replace(/([a-z])(?=[A-Z][a-zA-Z\d])/g, '$1 ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/(\d)([a-zA-Z])/g, '$1 $2')
    .trim()
    .split(/\s+/);
}
