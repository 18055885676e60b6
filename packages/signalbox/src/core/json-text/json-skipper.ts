import { MAX_JSON_DEPTH } from '../json.ts';

const LAST_SPACE = 32;
const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const SMALL_E = 101;
const SMALL_F = 102;
const SMALL_N = 110;
const SMALL_T = 116;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** Makes a capital letter small. */
const SMALL = 32;

const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
const FIRST_CAPACITY = 4096;
/** Where there is no JSON. */
const NOWHERE = -1;

/**
 * Passes over JSON text without making its values, which is much faster than to parse it. It takes
 * what `parseJson` takes: each method returns false where the text is no JSON at its place.
 */
export class JsonSkipper {
  text = '';
  /** The place in the text. */
  at = 0;
  private depth = 0;
  /** The text's characters and a zero: to read an array is several times faster than to read a string. */
  private codes = new Uint16Array(FIRST_CAPACITY);
  private bytes = Buffer.from(this.codes.buffer);

  /** Begins another text. */
  load(text: string): void {
    if (text.length >= this.codes.length) {
      this.codes = new Uint16Array(2 * text.length);
      this.bytes = Buffer.from(this.codes.buffer);
    }
    this.bytes.write(text, 'utf16le');
    this.codes[text.length] = 0;
    this.text = text;
    this.at = 0;
    this.depth = 0;
  }

  /** Passes over white space, and returns the code of the character behind it. */
  next(): number {
    this.at = this.endOfSpace(this.at);
    return this.codes[this.at] ?? 0;
  }

  /** Passes over white space, and returns whether the text ends there. */
  isAtEnd(): boolean {
    this.next();
    return this.at === this.text.length;
  }

  /** Passes over a value. */
  skipValue(): boolean {
    return this.moveTo(this.endOfValue(this.endOfSpace(this.at)));
  }

  /** Passes over a name that stands as it is, without escapes, and has no dot. */
  skipPlainName(): boolean {
    const { codes } = this;
    const start = this.endOfSpace(this.at);
    if (codes[start] !== QUOTE) return false;
    let at = start + 1;
    let code = codes[at] ?? 0;
    while (code !== QUOTE) {
      if (code < LAST_SPACE || code === BACKSLASH || code === DOT) return false;
      at += 1;
      code = codes[at] ?? 0;
    }
    this.at = at + 1;
    return true;
  }

  /** Enters an object, and returns whether it is one that is not too deep. */
  openObject(): boolean {
    return this.open(OPEN_OBJECT);
  }

  /** Enters an array, and returns whether it is one that is not too deep. */
  openArray(): boolean {
    return this.open(OPEN_ARRAY);
  }

  /** Leaves the object if it ends here. */
  closeObject(): boolean {
    return this.close(CLOSE_OBJECT);
  }

  /** Leaves the array if it ends here. */
  closeArray(): boolean {
    return this.close(CLOSE_ARRAY);
  }

  /** Passes over the comma before another element or member, if there is one. */
  skipComma(): boolean {
    return this.skipCode(COMMA);
  }

  /** Passes over the colon behind a name. */
  skipColon(): boolean {
    return this.skipCode(COLON);
  }

  /** Returns whether one of the characters from a place to before another has the code. */
  hasCode(code: number, start: number, end: number): boolean {
    const { codes } = this;
    for (let at = start; at < end; at += 1) if (codes[at] === code) return true;
    return false;
  }

  private moveTo(place: number): boolean {
    if (place === NOWHERE) return false;
    this.at = place;
    return true;
  }

  private open(code: number): boolean {
    this.depth += 1;
    return this.skipCode(code) && this.depth <= MAX_JSON_DEPTH;
  }

  private close(code: number): boolean {
    if (!this.skipCode(code)) return false;
    this.depth -= 1;
    return true;
  }

  private skipCode(code: number): boolean {
    if (this.next() !== code) return false;
    this.at += 1;
    return true;
  }

  private endOfSpace(start: number): number {
    const { codes } = this;
    let at = start;
    while (isSpace(codes[at] ?? 0)) at += 1;
    return at;
  }

  private endOfValue(start: number): number {
    switch (this.codes[start]) {
      case QUOTE:
        return this.endOfString(start);
      case OPEN_OBJECT:
        return this.endOfNested(start, CLOSE_OBJECT);
      case OPEN_ARRAY:
        return this.endOfNested(start, CLOSE_ARRAY);
      case SMALL_T:
        return this.endOfWord(start, 'true');
      case SMALL_F:
        return this.endOfWord(start, 'false');
      case SMALL_N:
        return this.endOfWord(start, 'null');
      default:
        return this.endOfNumber(start);
    }
  }

  /** The place behind an array or object, by the bracket that ends it. */
  private endOfNested(start: number, close: number): number {
    const { codes } = this;
    this.depth += 1;
    if (this.depth > MAX_JSON_DEPTH) return NOWHERE;
    let at = this.endOfSpace(start + 1);
    const isEmpty = codes[at] === close;
    while (!isEmpty) {
      if (close === CLOSE_OBJECT) at = this.endOfNameAndColon(at);
      at = this.endOfValue(at);
      if (at === NOWHERE) return NOWHERE;
      at = this.endOfSpace(at);
      const code = codes[at];
      if (code === close) break;
      if (code !== COMMA) return NOWHERE;
      at = this.endOfSpace(at + 1);
    }
    this.depth -= 1;
    return at + 1;
  }

  /** The place of a member's value; that of the text's end where there is no name. */
  private endOfNameAndColon(start: number): number {
    const end = this.endOfString(start);
    if (end === NOWHERE) return this.text.length;
    const colon = this.endOfSpace(end);
    return this.codes[colon] === COLON ? this.endOfSpace(colon + 1) : this.text.length;
  }

  private endOfString(start: number): number {
    const { codes } = this;
    if (codes[start] !== QUOTE) return NOWHERE;
    let at = start + 1;
    for (;;) {
      const code = codes[at] ?? 0;
      if (code === QUOTE) return at + 1;
      if (code < LAST_SPACE) return NOWHERE;
      at = code === BACKSLASH ? this.endOfEscape(at) : at + 1;
    }
  }

  /** The place behind an escape; that of the text's end where it is none. */
  private endOfEscape(at: number): number {
    ESCAPE.lastIndex = at + 1;
    return ESCAPE.test(this.text) ? ESCAPE.lastIndex : this.text.length;
  }

  private endOfWord(start: number, word: string): number {
    return this.text.startsWith(word, start) ? start + word.length : NOWHERE;
  }

  private endOfNumber(from: number): number {
    const { codes } = this;
    const start = codes[from] === MINUS ? from + 1 : from;
    let at = this.endOfDigits(start);
    if (at === start || (codes[start] === ZERO && at > start + 1)) return NOWHERE;
    if (codes[at] === DOT) {
      const fraction = at + 1;
      at = this.endOfDigits(fraction);
      if (at === fraction) return NOWHERE;
    }
    if (((codes[at] ?? 0) | SMALL) === SMALL_E) {
      const sign = codes[at + 1];
      const exponent = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
      at = this.endOfDigits(exponent);
      if (at === exponent) return NOWHERE;
    }
    return at;
  }

  private endOfDigits(start: number): number {
    const { codes } = this;
    let at = start;
    for (;;) {
      const code = codes[at] ?? 0;
      if (code < ZERO || code > NINE) return at;
      at += 1;
    }
  }
}

function isSpace(code: number): boolean {
  return code <= LAST_SPACE && (code === 32 || code === 10 || code === 13 || code === 9);
}
