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
    const found = { root, templateFile: undefined, otherTemplates: [] };
    expect(findProject(root)).toEqual(found);
    expect(findProject(join(root, 'functions/orders'))).toEqual(found);
  });

  test('finds samconfig.toml, which may name a template', () => {
    write('samconfig.toml');
    expect(findProject(join(root, 'functions'))).toEqual({
      root,
      templateFile: undefined,
      otherTemplates: [],
    });
  });

  test('takes the folder itself where there is no project', () => {
    expect(findProject(root)).toEqual({ root, templateFile: undefined, otherTemplates: [] });
  });

  test('takes the nearest project', () => {
    write('template.yaml');
    write('functions/template.yml');
    expect(findProject(join(root, 'functions/orders'))).toEqual({
      root: join(root, 'functions'),
      templateFile: undefined,
      otherTemplates: [],
    });
  });

  test('takes a template that is named, wherever it is', () => {
    write('functions/app.yaml');
    write('net.yaml');
    expect(findProject(root, ['functions/app.yaml', 'net.yaml'])).toEqual({
      root: join(root, 'functions'),
      templateFile: 'app.yaml',
      otherTemplates: [join('..', 'net.yaml')],
    });
    expect(() => findProject(root, ['functions'])).toThrow(
      new UserError(
        'invalid',
        'Cannot read functions: no such file: name a template or a definition, such as flow.asl.json',
      ),
    );
  });
});
