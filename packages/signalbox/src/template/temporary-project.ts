import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { problemText, type Result } from '../core/result.ts';
import type { App } from './app.ts';
import { loadApp } from './load-app.ts';

/** Files by their path in the project. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** Writes a project into a new directory, for a test to read; returns its root. */
export function createProject(files: ProjectFiles): string {
  const root = mkdtempSync(join(tmpdir(), 'signalbox-template-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Reads a template as the stack `shop` of a test account. */
export function loadTemplate(
  template: string,
  overrides: Readonly<Record<string, string>> = {},
  files: ProjectFiles = {},
): Result<App> {
  return loadApp({
    root: createProject({ 'template.yaml': template, ...files }),
    stackName: 'shop',
    region: 'eu-west-1',
    accountId: '123456789012',
    endpoint: 'http://127.0.0.1:4700',
    parameterOverrides: overrides,
    strict: true,
  });
}

/** The app of a template that must be right. */
export function appOf(...args: Parameters<typeof loadTemplate>): App {
  const result = loadTemplate(...args);
  if (result.ok) return result.value;
  throw new Error(result.problems.map(problemText).join('\n'));
}

/** The problems of a template, each as `file:line: message`. */
export function problemsOf(...args: Parameters<typeof loadTemplate>): readonly string[] {
  const result = loadTemplate(...args);
  return result.ok ? [] : result.problems.map(problemText);
}
