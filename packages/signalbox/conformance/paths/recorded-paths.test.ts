import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { jsonText } from '../../src/core/exact-json/exact-number.ts';
import { isJsonObject, type Json, ownPayload } from '../../src/core/json.ts';
import { parsePath } from '../../src/states-language/jsonpath/path.ts';

/**
 * What version 2.0.0 of com.jayway.jsonpath:json-path answered: a value, why nothing is there
 * (`missing`), why a step does not fit (`misfit`), or that the text is no path (`refused`).
 */
const FILE = new URL('./recorded-paths.json', import.meta.url);

const recorded = ownPayload(readFileSync(FILE, 'utf8'));
const documents = isJsonObject(recorded) ? listOf(recorded['documents']) : [];
const paths = isJsonObject(recorded) ? listOf(recorded['paths']) : [];

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function read(text: string, document: Json): Json {
  const path = parsePath(text);
  if (path === undefined) return { refused: true };
  const value = path.read(document);
  if (value !== undefined) return { value };
  const { isMissing, message } = path.failure(document) ?? { isMissing: false, message: '' };
  // Behind this the library writes what it stood on, in the words of the JSON parser that it has.
  const [misfit = ''] = message.split(' Current context is');
  return isMissing ? { missing: message } : { misfit };
}

describe('a path', () => {
  test('is read as the library of AWS reads it', () => {
    const differences = paths.flatMap((recordedPath) => {
      const [text, document, expected = null] = listOf(recordedPath);
      const seen = read(String(text), documents[Number(document)] ?? null);
      return jsonText(seen) === jsonText(expected) ? [] : [{ text, document, seen, expected }];
    });

    expect(paths.length).toBeGreaterThan(1_000);
    expect(differences).toEqual([]);
  });
});
