import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Problem } from '../../core/result.ts';
import { unknownField } from '../../core/unknown-field.ts';
import { isDecimal, parseDecimal } from './decimal.ts';

/** Reads a section of the file of simulated resources, and keeps everything that is wrong with it. */
export class SectionReader {
  readonly problems: Problem[] = [];

  /** Notes what is wrong at a path. */
  refuse(path: string, message: string): void {
    this.problems.push({ path, message });
  }

  /** The members of an object; refuses any that isn't known. */
  object(value: Json | undefined, path: string, known: readonly string[]): JsonObject {
    if (!isJsonObject(value)) {
      this.refuse(path, 'Write an object');
      return {};
    }
    for (const name of Object.keys(value).filter((key) => !known.includes(key))) {
      this.problems.push(unknownField(path, name, known));
    }
    return value;
  }

  /** A list; empty where there is none. */
  list(value: Json | undefined, path: string): readonly Json[] {
    if (Array.isArray(value)) return value;
    if (value !== undefined) this.refuse(path, 'Write a list');
    return [];
  }

  /** A text that fits; the default where there is none. */
  text(value: Json | undefined, path: string, fallback: string, pattern = /^.+$/): string {
    if (value === undefined) return fallback;
    if (typeof value === 'string' && pattern.test(value)) return value;
    this.refuse(path, `${JSON.stringify(value)} does not fit: write text such as "${fallback}"`);
    return fallback;
  }

  /** A whole number within bounds; the default where there is none. */
  count(
    value: Json | undefined,
    path: string,
    fallback: number,
    [least, most]: readonly [number, number],
  ): number {
    if (value === undefined) return fallback;
    const fits =
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
    if (fits) return value;
    this.refuse(
      path,
      `${JSON.stringify(value)} does not fit: write a whole number from ${least} to ${most}`,
    );
    return fallback;
  }

  /** Texts by their names. */
  texts(value: Json | undefined, path: string): Readonly<Record<string, string>> {
    if (value === undefined) return {};
    const entries = Object.entries(isJsonObject(value) ? value : {});
    if (!isJsonObject(value) || entries.some(([, text]) => typeof text !== 'string')) {
      this.refuse(path, 'Write an object of texts');
    }
    return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
  }

  /** Decimal amounts by the month, as texts; null where there is none. */
  amounts(value: Json | undefined, path: string, months: number): readonly (bigint | undefined)[] {
    const values = this.list(value, path);
    if (values.length !== months) {
      this.refuse(path, `Write ${months} amounts, one a month: there are ${values.length}`);
    }
    return values.map((amount, index) => {
      if (amount === null) return undefined;
      if (typeof amount === 'string' && isDecimal(amount)) return parseDecimal(amount);
      this.refuse(
        `${path}[${index}]`,
        `${JSON.stringify(amount)} is no amount: write text such as "12.5", or null`,
      );
      return undefined;
    });
  }
}
