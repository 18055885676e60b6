import childProcess, { type ChildProcess } from 'node:child_process';
import { afterEach, expect, jest, test } from '@jest/globals';
import { buildWithEsbuild } from './esbuild-process.ts';

const { spawn } = childProcess;

afterEach(() => {
  jest.restoreAllMocks();
});

async function build(contents: string): Promise<string | undefined> {
  const { outputFiles } = await buildWithEsbuild({ stdin: { contents } });
  return outputFiles[0]?.text.trim();
}

test('builds once more where somebody else ended the process of esbuild', async () => {
  const started: ChildProcess[] = [];
  jest.spyOn(childProcess, 'spawn').mockImplementation((command, args, options) => {
    const child = spawn(command, [...args], options);
    if (started.push(child) === 1) child.kill();
    return child;
  });

  expect(await Promise.all([build('a( )'), build('b( )')])).toEqual(['a();', 'b();']);
  expect(started).toHaveLength(2);
});

test('throws what is wrong with the code', async () => {
  await expect(build('a(')).rejects.toThrow('Unexpected end of file');
});
