import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { KOREAN } from './korean.ts';

const BROWSER = join(import.meta.dirname, '..');
const OWN_PAGES = join(BROWSER, '../server/own-pages');

/** What people read of an element or of an option of one. */
const READ =
  /^(header|headerText|label|title|description|placeholder|filteringPlaceholder|loadingText|empty|actionLabel|constraintText|errorText|propertyLabel|groupValuesLabel|(.*[aA]ria-?[lL]abel))$/;

/** Words that are the same in every language, such as the names of AWS's own fields. */
const SAME = /^(p50|p95|English|[^A-Za-z]*|[a-z0-9./-]+)$/;

function sources(folder: string): readonly ts.SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|^korean\//.test(name))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
    });
}

function each(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => each(child, visit));
}

/** The English texts that the sources hand to `t()`. */
function keysIn(files: readonly ts.SourceFile[]): readonly string[] {
  const keys = new Set<string>();
  for (const file of files) {
    each(file, (node) => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 't') return;
      const [first] = node.arguments;
      if (first !== undefined && ts.isStringLiteralLike(first)) keys.add(first.text);
    });
  }
  return [...keys];
}

/** Texts of elements and attributes that are not handed to `t()`, with their places. */
function untranslated(files: readonly ts.SourceFile[]): readonly string[] {
  const found: string[] = [];
  for (const file of files) {
    each(file, (node) => {
      const text = rawText(node);
      if (text === undefined || SAME.test(text)) return;
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file.fileName}:${line + 1} ${text}`);
    });
  }
  return found;
}

function rawText(node: ts.Node): string | undefined {
  if (ts.isJsxText(node)) return node.text.trim();
  if (!ts.isJsxAttribute(node) || !READ.test(node.name.getText())) return undefined;
  const { initializer } = node;
  return initializer !== undefined && ts.isStringLiteral(initializer)
    ? initializer.text
    : undefined;
}

/** The fixed texts of the pages that are described: titles, columns, labels and what stands for nothing. */
function describedTexts(files: readonly ts.SourceFile[]): readonly string[] {
  const texts = new Set<string>();
  for (const file of files) {
    each(file, (node) => {
      if (!ts.isPropertyAssignment(node)) return;
      if (!/^(title|label|empty|columns)$/.test(node.name.getText())) return;
      const { initializer } = node;
      const all = ts.isArrayLiteralExpression(initializer) ? initializer.elements : [initializer];
      for (const one of all) if (ts.isStringLiteral(one)) texts.add(one.text);
    });
  }
  return [...texts];
}

describe('the Korean texts', () => {
  const files = sources(BROWSER);

  test('are there for every text of the console', () => {
    const keys = keysIn(files);
    expect(keys.length).toBeGreaterThan(150);
    expect(keys.filter((key) => !Object.hasOwn(KOREAN, key))).toEqual([]);
  });

  test('are there for every described page', () => {
    const texts = describedTexts(sources(OWN_PAGES));
    expect(texts.length).toBeGreaterThan(40);
    expect(texts.filter((text) => !Object.hasOwn(KOREAN, text))).toEqual([]);
  });

  test('keep the places of values', () => {
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    const wrong = Object.entries(KOREAN).filter(
      ([english, korean]) => places(english).join() !== places(korean).join(),
    );
    expect(wrong).toEqual([]);
  });

  test('are asked for: nothing is written past them', () => {
    expect(untranslated(files)).toEqual([]);
  });
});
