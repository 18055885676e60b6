import { TextFault } from './text-fault.ts';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** A place in a text that moves forward, and speaks of mistakes in the words of the parser that AWS uses. */
export class TextCursor {
  readonly source: string;
  at = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** The character at the cursor; undefined at the end. */
  get char(): string | undefined {
    return this.source[this.at];
  }

  /** Refuses the text at the cursor. */
  fail(reason: string): never {
    throw new TextFault(reason, this.source, this.at);
  }

  /** Refuses the character at the cursor. */
  unexpected(expectation: string): never {
    const char = this.char ?? '';
    this.at += 1;
    return this.fail(`Unexpected character ('${char}' (code ${codeOf(char)})): ${expectation}`);
  }

  /** Moves over white space, and returns the character behind it. */
  skipSpace(): string | undefined {
    while (' \t\r\n'.includes(this.char ?? 'x')) this.at += 1;
    return this.char;
  }

  /** Moves over what a sticky expression finds here; undefined where it finds nothing. */
  take(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.source)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  /** Reads a JSON string from behind its opening quote to behind the closing one. */
  takeString(unfinished: string): string {
    let text = '';
    for (let char = this.char; char !== '"'; char = this.char) {
      if (char === undefined) return this.fail(unfinished);
      text += char === '\\' ? this.takeEscape() : this.takePlain(char);
    }
    this.at += 1;
    return text;
  }

  private takePlain(char: string): string {
    if (char >= ' ') {
      this.at += 1;
      return char;
    }
    return this.fail(
      `Illegal unquoted character ((CTRL-CHAR, code ${codeOf(char)})): has to be escaped using backslash to be included in string value`,
    );
  }

  private takeEscape(): string {
    this.at += 1;
    const char = this.char ?? '';
    this.at += 1;
    if (char === 'u') {
      const digits = this.take(/[0-9a-fA-F]{4}/y);
      if (digits === undefined) {
        return this.unexpected('expected a hex-digit for character escape sequence');
      }
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    return (
      ESCAPES.get(char) ??
      this.fail(`Unrecognized character escape '${char}' (code ${codeOf(char)})`)
    );
  }
}

function codeOf(char: string): string {
  return char === '' ? 'none' : String(char.charCodeAt(0));
}
