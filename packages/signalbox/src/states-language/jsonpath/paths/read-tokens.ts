import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { setOwnMember } from '../../../core/names/own-member.ts';
import { javaText } from '../../java-text.ts';
import { criterionHolds } from './criterion-holds.ts';
import { misfit, missing, PathFailure } from './path-failure.ts';
import { type Filter, isDefinite, namesText, type PathToken, tokensText } from './path-token.ts';

/**
 * Follows tokens from a document's root, as version 2.0.0 of Java's json-path does: to the one value
 * where all tokens are definite, else to the list of all that match.
 * @throws {PathFailure} Where they lead nowhere.
 */
export function readTokens(tokens: readonly PathToken[], document: Json): Json {
  const results: Json[] = [];
  const reading = { tokens, document, results };
  follow(reading, 0, '$', document);
  if (!tokens.every(isDefinite)) return results;
  const [value] = results;
  if (value === undefined) throw missing(`No results for path: $${tokensText(tokens)}`);
  return value;
}

interface Reading {
  readonly tokens: readonly PathToken[];
  readonly document: Json;
  readonly results: Json[];
}

/** Applies the token at an index to a value that was reached by `place`. */
function follow(reading: Reading, at: number, place: string, value: Json): void {
  const token = reading.tokens[at];
  switch (token?.kind) {
    case undefined:
      reading.results.push(value);
      break;
    case 'names':
      followNames(reading, at, token.names, place, value);
      break;
    case 'every':
      followEvery(reading, at, place, value);
      break;
    case 'descend':
      descend(reading, at, place, value);
      break;
    case 'filter':
      followFilter(reading, at, token.filter, place, value);
      break;
    default:
      followIndexes(reading, at, place, value);
  }
}

function followNames(
  reading: Reading,
  at: number,
  names: readonly string[],
  place: string,
  value: Json,
): void {
  if (!isJsonObject(value)) {
    throw missing(`Property ${namesText(names)} not found in path ${place}`);
  }
  const [name, ...others] = names;
  if (name !== undefined && others.length === 0) followName(reading, at, name, place, value);
  else followSeveral(reading, at, names, place, value);
}

/** Several names of one object make an object of those that are there. */
function followSeveral(
  reading: Reading,
  at: number,
  names: readonly string[],
  place: string,
  value: JsonObject,
): void {
  if (at + 1 < reading.tokens.length) {
    throw misfit(`Multi properties can only be used as path leafs: ${place}${namesText(names)}`);
  }
  const members: Record<string, Json> = {};
  for (const each of names) {
    if (Object.hasOwn(value, each)) setOwnMember(members, each, value[each] ?? null);
  }
  reading.results.push(members);
}

function followName(
  reading: Reading,
  at: number,
  name: string,
  place: string,
  value: JsonObject,
): void {
  const inner = `${place}['${name}']`;
  if (Object.hasOwn(value, name)) {
    follow(reading, at + 1, inner, value[name] ?? null);
    return;
  }
  const { tokens } = reading;
  if (at + 1 === tokens.length) throw missing(`No results for path: ${inner}`);
  // The library looks one token back, and then at all that follow.
  if (tokens.slice(Math.max(0, at - 1)).every(isDefinite)) {
    throw missing(`Missing property in path ${inner}`);
  }
}

function followEvery(reading: Reading, at: number, place: string, value: Json): void {
  if (Array.isArray(value)) {
    for (const index of value.keys()) {
      try {
        followIndex(reading, at, index, place, value);
      } catch (error) {
        // What is not there is left out of a list; of an object's members it fails.
        if (!(error instanceof PathFailure) || !error.isMissing) throw error;
      }
    }
  } else if (isJsonObject(value)) {
    for (const name of Object.keys(value)) followName(reading, at, name, place, value);
  }
}

function followFilter(
  reading: Reading,
  at: number,
  filter: Filter,
  place: string,
  value: Json,
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (accepts(filter, item, reading)) followIndex(reading, at, index, place, value);
    }
  } else if (isJsonObject(value)) {
    if (accepts(filter, value, reading)) follow(reading, at + 1, place, value);
  } else {
    throw misfit(
      `Filter: ${tokensText(reading.tokens.slice(at))} can not be applied to primitives. Current context is: ${javaText(value)}`,
    );
  }
}

/** The library begins with the last criterion. */
function accepts(filter: Filter, item: Json, { document }: Reading): boolean {
  const read = (tokens: readonly PathToken[], root: Json): Json => readTokens(tokens, root);
  return filter
    .toReversed()
    .some((group) =>
      group.toReversed().every((criterion) => criterionHolds(criterion, { item, document, read })),
    );
}

function followIndexes(reading: Reading, at: number, place: string, value: Json): void {
  if (value === null) throw missing(`The path ${place} is null`);
  if (!Array.isArray(value)) {
    throw misfit(
      `Filter: ${tokensText(reading.tokens.slice(at))} can only be applied to arrays. Current context is: ${javaText(value)}`,
    );
  }
  for (const index of indexesOf(reading.tokens[at], value.length)) {
    followIndex(reading, at, index, place, value);
  }
}

function followIndex(
  reading: Reading,
  at: number,
  index: number,
  place: string,
  items: readonly Json[],
): void {
  const inner = `${place}[${index}]`;
  const item = items[index];
  if (item === undefined) throw missing(`Index out of bounds when evaluating path ${inner}`);
  follow(reading, at + 1, inner, item);
}

/** A slice between two bounds takes a negative first bound as it is, which is then out of bounds. */
function indexesOf(token: PathToken | undefined, length: number): readonly number[] {
  if (token?.kind === 'indexes') return token.indexes;
  if (token?.kind === 'from-length') return [length + token.offset];
  if (token?.kind !== 'slice') return [];
  const { from, to } = token;
  if (from === undefined) return range(0, Math.min(length, fromEnd(to ?? 0, length)));
  if (to === undefined) return range(Math.max(0, fromEnd(from, length)), length);
  return length === 0 ? [] : range(from, Math.min(length, to));
}

function fromEnd(bound: number, length: number): number {
  return bound < 0 ? length + bound : bound;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** `..`: applies the next token wherever it fits, from the outside in. */
function descend(reading: Reading, at: number, place: string, value: Json): void {
  if (Array.isArray(value)) {
    if (fits(reading, at + 1, value)) followInList(reading, at + 1, place, value);
    for (const [index, item] of value.entries()) descend(reading, at, `${place}[${index}]`, item);
  } else if (isJsonObject(value)) {
    if (fits(reading, at + 1, value)) follow(reading, at + 1, place, value);
    for (const [name, member] of Object.entries(value)) {
      descend(reading, at, `${place}['${name}']`, member);
    }
  }
}

/** In a list the token itself counts only where it is the last: else the tokens behind it see each item. */
function followInList(reading: Reading, at: number, place: string, items: readonly Json[]): void {
  if (at + 1 === reading.tokens.length) {
    follow(reading, at, place, items);
    return;
  }
  for (const [index, item] of items.entries()) follow(reading, at + 1, `${place}[${index}]`, item);
}

function fits(reading: Reading, at: number, value: Json): boolean {
  const token = reading.tokens[at];
  switch (token?.kind) {
    case 'names':
      return isJsonObject(value) && token.names.every((name) => Object.hasOwn(value, name));
    case 'every':
      return true;
    case 'filter':
      return accepts(token.filter, value, reading);
    case 'indexes':
    case 'from-length':
    case 'slice':
      return Array.isArray(value);
    default:
      return false;
  }
}
