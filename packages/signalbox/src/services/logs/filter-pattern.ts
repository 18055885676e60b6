import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, type Json, parseJson } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';

/** Says whether a log message is wanted. */
export type MessageFilter = (message: string) => boolean;

const JSON_PATTERN = /^\{\s*\$((?:\.[A-Za-z_][\w-]*)+)\s*=\s*(?:"([^"]*)"|([\w.+-]+))\s*\}$/;

/**
 * Reads a filter pattern: terms and quoted phrases, all of which a message must contain, or
 * `{ $.field = "x" }` (CloudWatch Logs User Guide, "Filter pattern syntax").
 * @throws {AwsError} `InvalidParameterException` that names what else the pattern uses.
 */
export function parseFilterPattern(pattern: string | undefined): MessageFilter {
  const text = (pattern ?? '').trim();
  if (text.startsWith('{')) return parseJsonPattern(text);
  const terms = termsOf(text);
  return (message) => terms.every((term) => message.includes(term));
}

function termsOf(text: string): string[] {
  const terms: string[] = [];
  const token = /\s*(?:"([^"]*)"|(\S+))/y;
  while (token.lastIndex < text.length) {
    const [, phrase, term] = token.exec(text) ?? [];
    if (phrase === undefined && term === undefined) break;
    if (term !== undefined && !/^\w+$/.test(term)) throw notRehearsed(term);
    terms.push(phrase ?? term ?? '');
  }
  return terms;
}

function parseJsonPattern(text: string): MessageFilter {
  const [, path, quoted, bare] = JSON_PATTERN.exec(text) ?? [];
  if (path === undefined || quoted?.includes('*')) throw notRehearsed(text);
  const names = path.slice(1).split('.');
  return (message) => {
    const value = valueAt(parseJson(message), names);
    if (quoted !== undefined) return value === quoted;
    return typeof value === 'number' ? value === Number(bare) : value === bare;
  };
}

function valueAt(root: Json | undefined, names: readonly string[]): Json | undefined {
  let value = root;
  for (const name of names) value = isJsonObject(value) ? ownMember(value, name) : undefined;
  return value;
}

function notRehearsed(part: string): AwsError {
  return new AwsError(
    'InvalidParameterException',
    `Invalid filter pattern: "${part}" is not rehearsed; use terms of letters and digits, "quoted phrases", or { $.field = "text" }`,
  );
}
