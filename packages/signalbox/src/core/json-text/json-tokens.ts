import { MAX_JSON_DEPTH } from '../json.ts';
import { TextCursor } from './text-cursor.ts';
import { placeText } from './text-fault.ts';

/** The tokens of a JSON text. */
export type JsonToken =
  | 'start-object'
  | 'end-object'
  | 'start-array'
  | 'end-array'
  | 'field-name'
  | 'string'
  | 'number'
  | 'true'
  | 'false'
  | 'null'
  | 'end';

interface Scope {
  readonly kind: 'Object' | 'Array';
  readonly start: number;
  entries: number;
}

const VALUES = "JSON String, Number, Array, Object or token 'null', 'true' or 'false'";
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z0-9_$]+/y;

/**
 * Reads JSON token by token, in the words of the parser that EventBridge and Step Functions use: a
 * mistake in a match expression is found before a later mistake in the JSON. Strings are read when their text is asked for, and a field's value is
 * begun together with its name, because the columns of AWS's messages show it.
 */
export class JsonTokens {
  private readonly cursor: TextCursor;
  private readonly scopes: Scope[] = [];
  private pending: JsonToken | undefined;
  private tokenText = '';
  /** The text of a number or literal that was begun. */
  private scalarText = '';
  private isInsideString = false;

  constructor(source: string) {
    this.cursor = new TextCursor(source);
  }

  /** The offset in the text where the cursor stands. */
  get offset(): number {
    return this.cursor.at;
  }

  /** Refuses the text where the cursor stands. */
  fail(reason: string): never {
    return this.cursor.fail(reason);
  }

  /** The text of the current name, string, number, literal or opening bracket. */
  text(): string {
    if (this.isInsideString) {
      this.isInsideString = false;
      this.tokenText = this.cursor.takeString(
        'Unexpected end-of-input: was expecting closing quote for a string value',
      );
    }
    return this.tokenText;
  }

  /**
   * Moves to the next token.
   * @throws {TextFault} Where the text is not JSON, in the words of AWS's parser.
   */
  next(): JsonToken {
    this.text();
    if (this.pending !== undefined) {
      const kind = this.pending;
      this.pending = undefined;
      return this.enter(kind);
    }
    const char = this.cursor.skipSpace();
    const scope = this.scopes.at(-1);
    if (char === ']' || char === '}') return this.close(char);
    if (scope === undefined) return char === undefined ? 'end' : this.enter(this.beginValue());
    return this.nextEntry(scope);
  }

  /** Refuses whatever comes after the last token. @throws {TextFault} In the words of AWS's parser. */
  requireEnd(): void {
    this.text();
    if (this.cursor.skipSpace() === undefined) return;
    this.cursor.unexpected(`expected a valid value (${VALUES})`);
  }

  private nextEntry(scope: Scope): JsonToken {
    if (this.cursor.char === undefined) return this.endOfInput();
    if (scope.entries > 0) {
      if (this.cursor.char !== ',') {
        this.cursor.unexpected(`was expecting comma to separate ${scope.kind} entries`);
      }
      this.cursor.at += 1;
    }
    scope.entries += 1;
    return scope.kind === 'Object' ? this.readName() : this.enter(this.beginValue());
  }

  private readName(): JsonToken {
    const { cursor } = this;
    const char = cursor.skipSpace();
    if (char === undefined) return this.endOfInput();
    if (char !== '"') {
      return cursor.fail(
        `Unexpected character ('${char}' (code ${char.charCodeAt(0)})): was expecting double-quote to start field name`,
      );
    }
    cursor.at += 1;
    this.tokenText = cursor.takeString('Unexpected end-of-input in field name');
    const colon = cursor.skipSpace();
    if (colon === undefined) cursor.fail('Unexpected end-of-input within/between Object entries');
    if (colon !== ':') {
      cursor.unexpected('was expecting a colon to separate field name and value');
    }
    cursor.at += 1;
    this.pending = this.beginValue();
    return 'field-name';
  }

  /** Moves over a value's first character, or all of a number or literal. */
  private beginValue(): JsonToken {
    const { cursor } = this;
    const char = cursor.skipSpace();
    switch (char) {
      case undefined:
        return this.endOfInput();
      case '"':
        cursor.at += 1;
        return 'string';
      case '{':
        cursor.at += 1;
        return 'start-object';
      case '[':
        cursor.at += 1;
        return 'start-array';
      case ']':
      case '}':
        return cursor.unexpected('expected a value');
      default:
        return this.takeScalar();
    }
  }

  private takeScalar(): JsonToken {
    const { cursor } = this;
    const number = cursor.take(NUMBER);
    if (number !== undefined) {
      this.scalarText = number;
      if (/\d/.test(cursor.char ?? '')) {
        cursor.fail('Invalid numeric value: Leading zeroes not allowed');
      }
      return 'number';
    }
    const word = cursor.take(WORD);
    if (word === undefined) return cursor.unexpected(`expected a valid value (${VALUES})`);
    if (word === 'true' || word === 'false' || word === 'null') {
      this.scalarText = word;
      return word;
    }
    return cursor.fail(`Unrecognized token '${word}': was expecting (${VALUES})`);
  }

  private enter(kind: JsonToken): JsonToken {
    this.isInsideString = kind === 'string';
    this.tokenText = this.scalarText;
    if (kind === 'start-object' || kind === 'start-array') {
      const isObject = kind === 'start-object';
      this.tokenText = isObject ? '{' : '[';
      this.scopes.push({
        kind: isObject ? 'Object' : 'Array',
        start: this.cursor.at - 1,
        entries: 0,
      });
      this.requireDepth(this.scopes.length);
    }
    return kind;
  }

  private requireDepth(depth: number): void {
    if (depth <= MAX_JSON_DEPTH) return;
    this.fail(
      `Document nesting depth (${depth}) exceeds the maximum allowed (${MAX_JSON_DEPTH}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`,
    );
  }

  private close(char: '}' | ']'): JsonToken {
    const scope = this.scopes.pop();
    if (scope === undefined) return this.cursor.unexpected(`expected a valid value (${VALUES})`);
    this.cursor.at += 1;
    const wanted = scope.kind === 'Object' ? '}' : ']';
    if (char !== wanted) {
      const start = placeText(this.cursor.source, scope.start);
      this.fail(
        `Unexpected close marker '${char}': expected '${wanted}' (for ${scope.kind} starting at ${start})`,
      );
    }
    this.tokenText = char;
    return char === '}' ? 'end-object' : 'end-array';
  }

  private endOfInput(): never {
    const scope = this.scopes.at(-1);
    if (scope === undefined) return this.fail('Unexpected end-of-input');
    const start = placeText(this.cursor.source, scope.start);
    return this.fail(
      `Unexpected end-of-input: expected close marker for ${scope.kind} (start marker at ${start})`,
    );
  }
}
