import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { UserError } from '../core/user-error.ts';
import { findProject } from './find-project.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'signalbox-find-'));
  mkdirSync(join(root, 'functions/orders'), { recursive: true });
});

function write(file: string): void {
  writeFileSync(join(root, file), '');
}

describe('findProject()', () => {
  test.each(['template.yaml', 'template.yml', 'template.json'])('finds %s upwards', (name) => {
    write(name);
    const found = { root, templateFile: name };
    expect(findProject(root)).toEqual(found);
    expect(findProject(join(root, 'functions/orders'))).toEqual(found);
  });

  test('takes YAML before JSON, as the SAM CLI does', () => {
    write('template.json');
    write('template.yml');
    expect(findProject(root).templateFile).toBe('template.yml');
  });

  test('leaves the template to samconfig.toml where there is one', () => {
    write('samconfig.toml');
    write('template.yml');
    expect(findProject(join(root, 'functions'))).toEqual({ root, templateFile: undefined });
  });

  test('takes the nearest project', () => {
    write('template.yaml');
    write('functions/template.yml');
    expect(findProject(join(root, 'functions/orders'))).toEqual({
      root: join(root, 'functions'),
      templateFile: 'template.yml',
    });
  });

  test('takes a template that is named, wherever it is', () => {
    write('functions/app.yaml');
    expect(findProject(root, 'functions/app.yaml')).toEqual({
      root: join(root, 'functions'),
      templateFile: 'app.yaml',
    });
    expect(() => findProject(root, 'functions')).toThrow(
      new UserError('not-found', 'Cannot read functions: no such file'),
    );
  });
});
