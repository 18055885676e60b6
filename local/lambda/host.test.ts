import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LambdaHost } from './host.ts';
import { TestProject } from './test-project.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('invoke()', () => {
  const project = new TestProject();
  let host: LambdaHost;

  beforeAll(() => {
    host = project.createHost();
  });
  afterAll(async () => {
    await host.close();
    project.remove();
  });

  async function invoke(name: string, event: unknown = {}) {
    const answer = await host.invoke(name, encode(event), { requestId: 'request-1' });
    return { ...answer, payload: JSON.parse(new TextDecoder().decode(answer.payload)) };
  }

  test('answers what the handler returns', async () => {
    project.add('Echo', 'export const handler = async (event: unknown) => ({ event });');

    const answer = await invoke('Echo', { total: 3 });

    expect(answer.payload).toEqual({ event: { total: 3 } });
    expect(answer.functionError).toBeUndefined();
  });
});
