import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedFunction } from './function-sources.ts';

/** Writes a SAM project with these functions into a new directory; returns its root. */
export function writeLiveProject(functions: readonly RecordedFunction[]): string {
  const root = mkdtempSync(join(tmpdir(), 'signalbox-conformance-'));
  writeFileSync(join(root, 'package.json'), '{ "name": "conformance" }\n');
  writeFileSync(join(root, 'template.yaml'), templateOf(functions));
  for (const { name, source } of functions) {
    mkdirSync(codeOf(root, name), { recursive: true });
    writeFileSync(join(codeOf(root, name), 'handler.py'), source);
  }
  return root;
}

/** The directory of a function's code. */
export function codeOf(root: string, name: string): string {
  return join(root, 'functions', name);
}

function templateOf(functions: readonly RecordedFunction[]): string {
  const resources = functions.map(({ name }, at) => [
    `Function${at}`,
    {
      Type: 'AWS::Serverless::Function',
      Properties: {
        FunctionName: name,
        Runtime: 'python3.12',
        Handler: 'handler.handler',
        CodeUri: `functions/${name}`,
        Timeout: 120,
      },
    },
  ]);
  // Without a function there is still a template.
  const bus = ['Bus', { Type: 'AWS::Events::EventBus', Properties: { Name: 'conformance' } }];
  const template = {
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: Object.fromEntries([...resources, bus]),
  };
  return JSON.stringify(template, undefined, 2);
}
