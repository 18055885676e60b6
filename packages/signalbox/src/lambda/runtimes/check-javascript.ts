import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { types } from 'node:util';
import { compileFunction } from 'node:vm';
import type { Problem } from '../../core/result.ts';

/** What Node.js says of a module that it takes for a script. */
const MODULE = /import|export|await/;

/**
 * Says that a file of JavaScript does not parse.
 * @param file An absolute path.
 * @param root The project's root.
 */
export async function checkJavascript(file: string, root: string): Promise<Problem[]> {
  const said = file.endsWith('.mjs') ? await checkByNode(file) : await checkScript(file);
  if (said === undefined) return [];
  const { line, message } = said;
  return [{ message: `Node.js does not parse it: ${message}`, file: relative(root, file), line }];
}

interface Said {
  readonly line: number;
  readonly message: string;
}

async function checkScript(file: string): Promise<Said | undefined> {
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  try {
    compileFunction(readFileSync(file, 'utf8').replace(/^#!.*/, ''), names, { filename: file });
    return undefined;
  } catch (error) {
    if (!types.isNativeError(error) || error.name !== 'SyntaxError') throw error;
    // Node.js finds out by itself what is a module.
    return MODULE.test(error.message) ? checkByNode(file) : saidIn(error.stack ?? '', file);
  }
}

function checkByNode(file: string): Promise<Said | undefined> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--check', file], (error, _stdout, stderr) =>
      resolve(error === null ? undefined : saidIn(stderr, file)),
    );
  });
}

/** The place is on the first line, and the message on that of the error. */
function saidIn(text: string, file: string): Said | undefined {
  const message = /^SyntaxError(?: \[\w+\])?: (.*)$/m.exec(text)?.[1];
  const line = text.split(`${file}:`)[1];
  return message === undefined ? undefined : { message, line: Number.parseInt(line ?? '1', 10) };
}
