import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { FAULTS } from './faults.ts';
import { KOREAN } from './korean.ts';

const BROWSER = join(import.meta.dirname, '..');
const SERVICES = join(BROWSER, '../../services');
const OWN_PAGES = join(BROWSER, '../server/own-pages');

/** What people read of an element or of an option of one. */
const READ =
  /^(header|headerText|label|title|description|placeholder|filteringPlaceholder|loadingText|empty|actionLabel|constraintText|errorText|propertyLabel|groupValuesLabel|(.*[aA]ria-?[lL]abel))$/;

/** What a string is of that nobody reads: an import, a class, a key, a selector of elements, a mistake of ours. */
const UNREAD_ATTRIBUTE = /^(className|key|id|type|variant|role|transform|d|viewBox)$/;
const UNREAD_CALL =
  /(^|\.)(useAnswer|useLiveAnswer|querySelector|querySelectorAll|closest|matches|isWithin|t|told|hrefOf|follow|includes|startsWith|endsWith|createElement|Error|TypeError|setAttribute|ask|callAws|askRehearsal|shellWord|lineForEach|get)$/;

/** Lines for a terminal, what Lambda writes into logs, selectors and fonts. */
const NO_PROSE = /^(for |; do|npx signalbox |aws |main | --|\t|11px )/;

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

function stringsIn(files: readonly ts.SourceFile[]): readonly string[] {
  const all: string[] = [];
  for (const file of files) {
    each(file, (node) => {
      if (ts.isStringLiteralLike(node)) all.push(node.text);
    });
  }
  return all;
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

/** Sentences and parts of them, in strings and templates, that are not handed to `t()`, with their places. */
function proseIn(files: readonly ts.SourceFile[]): readonly string[] {
  const found: string[] = [];
  for (const file of files) {
    each(file, (node) => {
      if (!ts.isStringLiteralLike(node) && !isTemplatePart(node)) return;
      if (!isRead(node.text, node) || isUnread(node) || Object.hasOwn(KOREAN, node.text)) return;
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file.fileName}:${line + 1} ${node.text.trim()}`);
    });
  }
  return found;
}

function isTemplatePart(
  node: ts.Node,
): node is ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail {
  return ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
}

/** Two words are a sentence, wherever they stand; one is read where an element shows it. */
function isRead(text: string, node: ts.Node): boolean {
  if (NO_PROSE.test(text)) return false;
  return /[A-Za-z]{2,},? [A-Za-z]/.test(text) || (/[A-Za-z]{2,}/.test(text) && isShown(node));
}

/** Whether an element shows the value of an expression. */
function isShown(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isJsxExpression(parent)) {
    const around = parent.parent;
    return !ts.isJsxAttribute(around) || READ.test(around.name.getText());
  }
  const passesOn =
    ts.isTemplateExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node) ||
    (ts.isBinaryExpression(parent) && /^(\?\?|\|\||&&|\+)$/.test(parent.operatorToken.getText()));
  return passesOn && isShown(parent);
}

function isUnread(node: ts.Node): boolean {
  const { parent } = node;
  if (parent === undefined || ts.isSourceFile(parent)) return false;
  if (ts.isImportDeclaration(parent) || ts.isImportTypeNode(parent)) return true;
  if (ts.isLiteralTypeNode(parent) || ts.isTypeNode(parent)) return true;
  if (ts.isJsxAttribute(parent)) return UNREAD_ATTRIBUTE.test(parent.name.getText());
  const isCall = ts.isCallExpression(parent) || ts.isNewExpression(parent);
  if (isCall && UNREAD_CALL.test(parent.expression.getText())) return true;
  return isUnread(parent);
}

function rawText(node: ts.Node): string | undefined {
  if (ts.isJsxText(node)) return node.text.trim();
  if (!ts.isJsxAttribute(node) || !READ.test(node.name.getText())) return undefined;
  const { initializer } = node;
  return initializer !== undefined && ts.isStringLiteral(initializer)
    ? initializer.text
    : undefined;
}

/** The texts of a cell that says that it is a word of the page's own. */
function wordsOf(cell: ts.ObjectLiteralExpression): readonly string[] {
  const named = (name: string) =>
    cell.properties.find((one) => ts.isPropertyAssignment(one) && one.name.getText() === name);
  const text = named('text');
  if (named('isWord') === undefined || text === undefined) return [];
  const words: string[] = [];
  each(text, (node) => {
    const isChoice =
      ts.isPropertyAssignment(node.parent) || ts.isConditionalExpression(node.parent);
    if (ts.isStringLiteral(node) && isChoice) words.push(node.text);
  });
  return words;
}

/** The fixed texts of the pages that are described: titles, columns, labels and what stands for nothing. */
function describedTexts(files: readonly ts.SourceFile[]): readonly string[] {
  const texts = new Set<string>();
  for (const file of files) {
    each(file, (node) => {
      if (ts.isObjectLiteralExpression(node)) for (const text of wordsOf(node)) texts.add(text);
      if (!ts.isPropertyAssignment(node)) return;
      if (!/^(title|label|question|empty|columns)$/.test(node.name.getText())) return;
      const { initializer } = node;
      const all = ts.isArrayLiteralExpression(initializer) ? initializer.elements : [initializer];
      for (const one of all) if (ts.isStringLiteral(one)) texts.add(one.text);
    });
  }
  return [...texts];
}

describe('the Korean texts', () => {
  const files = sources(BROWSER);

  // That each text has its Korean is checked by its type: `t()` takes no other.
  test('are all used', () => {
    const known = new Set(stringsIn([...files, ...sources(OWN_PAGES)]));
    expect(
      Object.keys(KOREAN).filter((key) => !known.has(key) && !Object.hasOwn(FAULTS, key)),
    ).toEqual([]);
  });

  test('are there for every described page', () => {
    const texts = describedTexts(sources(OWN_PAGES));
    expect(texts.length).toBeGreaterThan(40);
    expect(texts.filter((text) => !Object.hasOwn(KOREAN, text))).toEqual([]);
  });

  test('are there for every fault of the simulated resources', () => {
    const summary = /summary:\s+(?:'([^']+)'|"([^"]+)")/g;
    const texts = readdirSync(SERVICES, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => {
        const text = readFileSync(join(SERVICES, name), 'utf8');
        return text.includes('start(') || text.includes('start:')
          ? [...text.matchAll(summary)]
          : [];
      })
      .map(([, one, other]) => one ?? other ?? '');
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => !Object.hasOwn(FAULTS, text))).toEqual([]);
  });

  test('keep the places of values', () => {
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    const wrong = Object.entries(KOREAN).filter(
      ([english, korean]) => places(english).join() !== places(korean).join(),
    );
    expect(wrong).toEqual([]);
  });

  test('are asked for: nothing is written past them', () => {
    expect([...untranslated(files), ...proseIn(files)]).toEqual([]);
  });
});
