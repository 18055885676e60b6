/**
 * A number of a JSON text that a double does not write digit for digit, such as `1234567890123456789`
 * or `2.0`. It calculates as the nearest double; `jsonText` writes it as it was read.
 */
export class ExactNumber extends Number {
  /** As in the JSON text. */
  readonly text: string;

  constructor(text: string) {
    super(text);
    this.text = text;
    areAny = true;
  }

  override toString(): string {
    return this.text;
  }

  /** The nearest double, unless `jsonText` asks. */
  toJSON(): number | string {
    if (!marking.isOn) return this.valueOf();
    marking.count += 1;
    return MARK + this.text;
  }
}

let areAny = false;

/** Says whether there was any exact number in this process: until then nobody needs to look for them. */
export function areExactNumbers(): boolean {
  return areAny;
}

/** Stands before the text of an exact number in what `JSON.stringify` writes; nobody can know it. */
const MARK = `exact-number:${crypto.randomUUID()}:`;
const MARKED = new RegExp(`"${MARK}([^"]*)"`, 'g');
const marking = { isOn: false, count: 0 };

/**
 * Writes a value as JSON text, its exact numbers digit for digit.
 *
 * @param indent The spaces of a level; all stands on one line without.
 */
export function jsonText(value: object | string | number | boolean | null, indent = 0): string {
  marking.isOn = true;
  marking.count = 0;
  try {
    const text = JSON.stringify(value, undefined, indent);
    return marking.count === 0 ? text : text.replace(MARKED, '$1');
  } finally {
    marking.isOn = false;
  }
}

/** Returns the number of a JSON text: exact where a double would write it otherwise. */
export function numberOf(text: string): number | ExactNumber {
  const value = Number(text);
  // AWS reads -0 as 0.
  if (text === '-0') return 0;
  return String(value) === text ? value : new ExactNumber(text);
}

/** Says whether a value is a number of JSON. */
export function isJsonNumber(value: unknown): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber;
}
