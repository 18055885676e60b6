import type { Json } from '../../core/json.ts';
import { called, memberOf, type Owner, type Scope, textOf } from './mapping-functions.ts';

/** A value, and where its text ends. */
interface Read {
  readonly value: Json | undefined;
  readonly end: number;
}

/** The names that API Gateway gives a template. */
const ROOTS: readonly string[] = ['input', 'util', 'context', 'stageVariables'];

/** Reads the expressions of a mapping template's text. */
export class MappingExpressions {
  readonly #text: string;
  readonly #scope: Scope;

  constructor(text: string, scope: Scope) {
    this.#text = text;
    this.#scope = scope;
  }

  /** Carries out a directive and returns where it ends; undefined where the mark is text. */
  directive(from: number): number | undefined {
    const comment = this.#match(/##[^\n]*\n?/y, from);
    if (comment !== null) return from + comment[0].length;
    const set = this.#match(/#set\s*\(\s*\$!?\{?(\w+)\}?\s*=/y, from);
    if (set !== null) {
      const { value, end } = this.#expression(from + set[0].length);
      this.#scope.variables.set(set[1] ?? '', value ?? null);
      return this.#closing(end);
    }
    const other = this.#match(
      /#\{?(if|elseif|else|end|foreach|macro|parse|include|stop|break)\b/y,
      from,
    );
    if (other === null) return undefined;
    throw this.#scope.refuse(`the directive #${other[1]} of mapping templates`);
  }

  /** Evaluates a reference such as `$input.json('$')`; undefined where the mark is text. */
  reference(from: number): Read | undefined {
    const head = this.#match(/\$!?(\{?)(\w+)/y, from);
    const [whole = '', brace, name = ''] = head ?? [];
    const { variables } = this.#scope;
    const isRoot = ROOTS.includes(name);
    if (head === null || (!isRoot && !variables.has(name))) return undefined;
    const owner = isRoot ? { name, value: undefined } : { name: '', value: variables.get(name) };
    const { value, end } = this.#members(owner, from + whole.length);
    return { value, end: brace === '{' && this.#text.charAt(end) === '}' ? end + 1 : end };
  }

  #members(first: Owner, from: number): Read {
    let owner = first;
    let end = from;
    for (;;) {
      const member = this.#match(/\.(\w+)(\()?/y, end);
      if (member === null) return { value: owner.value, end };
      const [whole, key = '', opens] = member;
      end += whole.length;
      if (opens === undefined) owner = { name: '', value: memberOf(owner, key, this.#scope) };
      else {
        const call = this.#arguments(end);
        end = call.end;
        owner = { name: '', value: called(owner, key, call.values, this.#scope) };
      }
    }
  }

  #arguments(from: number) {
    const values: (Json | undefined)[] = [];
    let end = from;
    while (this.#match(/\s*\)/y, end) === null) {
      if (end >= this.#text.length) return { values, end: this.#closing(end) };
      const read = this.#expression(end);
      values.push(read.value);
      end = read.end + (this.#match(/\s*,?/y, read.end)?.[0].length ?? 0);
    }
    return { values, end: this.#closing(end) };
  }

  #expression(from: number): Read {
    let { value, end } = this.#operand(from);
    for (;;) {
      const plus = this.#match(/\s*\+/y, end);
      if (plus === null) return { value, end };
      const next = this.#operand(end + plus[0].length);
      value = textOf(value) + textOf(next.value);
      end = next.end;
    }
  }

  #operand(from: number): Read {
    const at = from + (this.#match(/\s*/y, from)?.[0].length ?? 0);
    const quoted = this.#match(/'([^']*)'|"((?:[^"\\]|\\.)*)"/y, at);
    if (quoted !== null) {
      const value = quoted[1] ?? this.#filled(quoted[2] ?? '');
      return { value, end: at + quoted[0].length };
    }
    const number = this.#match(/-?\d+(\.\d+)?/y, at);
    if (number !== null) return { value: Number(number[0]), end: at + number[0].length };
    const found = this.reference(at);
    if (found !== undefined) return found;
    const start = this.#text.slice(at, at + 20);
    throw this.#scope.refuse(`the expression ${start} of mapping templates`);
  }

  /** References to variables in text of double quotes are replaced. */
  #filled(text: string): string {
    const { variables } = this.#scope;
    return text.replace(/\$!?\{?(\w+)\}?/g, (whole, name: string) =>
      variables.has(name) ? textOf(variables.get(name)) : whole,
    );
  }

  #closing(from: number): number {
    const close = this.#match(/\s*\)/y, from);
    if (close !== null) return from + close[0].length;
    throw this.#scope.refuse('a mapping template whose parenthesis stays open');
  }

  #match(pattern: RegExp, at: number): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(this.#text);
  }
}
