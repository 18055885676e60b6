import { readFileSync } from 'node:fs';
import { close, open, Session } from 'node:inspector';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LambdaHost } from './host.ts';
import { TestProject } from './test-project.ts';

const project = new TestProject();
let host: LambdaHost;

const invoke = (name: string) =>
  host.invoke(name, new TextEncoder().encode('{}'), { requestId: 'request-1' });

beforeAll(() => {
  host = project.createHost();
  open(0, '127.0.0.1');
});
afterAll(async () => {
  close();
  await host.close();
  project.remove();
});

describe('a process under a debugger', () => {
  test('gives a function the time that somebody needs at a breakpoint', async () => {
    project.add(
      'Slow',
      'export const handler = async () => { await new Promise((done) => setTimeout(done, 1100)); return "late"; };',
      { timeoutSeconds: 1 },
    );
    const { functionError, payload } = await invoke('Slow');
    expect(functionError).toBeUndefined();
    expect(new TextDecoder().decode(payload)).toBe('"late"');
  });

  test('shows it each bundle with the source files that it is made of', async () => {
    project.add('Paused', 'export const handler = async () => 1;');
    const { build } = project.functions.at(-1)!;
    project.functions.push({ ...project.functions.pop()!, build: { ...build, sourcemap: true } });
    const script = parsedScript('Paused');
    await invoke('Paused');
    const { url, sourceMapURL } = await script;
    const mapFile = resolve(fileURLToPath(url), '..', sourceMapURL);
    const { sources }: { sources: string[] } = JSON.parse(readFileSync(mapFile, 'utf8'));
    expect(sources.map((source) => resolve(mapFile, '..', source))).toEqual([
      join(project.root, 'functions/Paused/handler.ts'),
    ]);
  });
});

interface ParsedScript {
  readonly url: string;
  readonly sourceMapURL: string;
}

/** Waits, as a debugger does, until a worker has parsed the bundle of a function. */
function parsedScript(name: string): Promise<ParsedScript> {
  const session = new Session();
  session.connect();
  return new Promise((resolve) => {
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
      const message = JSON.stringify({ id: 1, method: 'Debugger.enable' });
      session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
    });
    session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
      const { method, params: script } = JSON.parse(params.message);
      if (method !== 'Debugger.scriptParsed' || !script.url.includes(`/${name}Function/`)) return;
      session.disconnect();
      resolve(script);
    });
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  });
}
