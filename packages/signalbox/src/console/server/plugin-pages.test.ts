import { describe, expect, test } from '@jest/globals';
import type { ConsoleOptions } from './console-options.ts';
import type { ConsolePage } from './console-page.ts';
import { actOnPage, listedPages, offeredButtons, readPage } from './plugin-pages.ts';

const STACK = { endpoint: undefined, client: { maxAttempts: 1 }, stack: 'shop' };

const page: ConsolePage = {
  title: 'Doors',
  path: 'doors',
  read: async ({ name, query, now, stack }) => ({
    title: `${name} of ${stack.stack} at ${now.toISOString()}`,
    sections: [{ kind: 'text', title: 'Query', text: JSON.stringify(query) }],
  }),
  actions: {
    open: async ({ values }) => ({ isDone: true, text: `Opened ${values['door']}` }),
  },
  buttonsAt: ({ stateName }) =>
    stateName === 'Knock'
      ? [{ action: 'open', label: 'Open', question: '', values: {}, commands: [] }]
      : [],
};

const options: ConsoleOptions = {
  prefix: '/console',
  kind: 'account',
  region: 'us-east-1',
  title: 'shop',
  call: async () => ({}),
  changes: { all: () => () => undefined, of: () => () => undefined },
  root: '.',
  pages: async () => [page],
  samples: () => [],
  stack: STACK,
  now: () => new Date('2026-01-05T10:00:00Z'),
  onBug: () => undefined,
};

describe('the pages of plug-ins', () => {
  test('are listed, and read with the stack, the name and the query', async () => {
    const query = { state: 'OPEN', more: 1 };
    const listed = await listedPages(options);
    expect(listed.filter(({ isOwn }) => !isOwn)).toEqual([
      { title: 'Doors', path: 'doors', korean: {}, isOwn: false },
    ]);
    expect(await readPage(options, { page: 'doors', name: 'front', query })).toEqual({
      title: 'front of shop at 2026-01-05T10:00:00.000Z',
      sections: [{ kind: 'text', title: 'Query', text: '{"state":"OPEN"}' }],
    });
  });

  test('act by the name of an action', async () => {
    const asked = { page: 'doors', action: 'open', values: { door: 'front' } };
    expect(await actOnPage(options, asked)).toEqual({ isDone: true, text: 'Opened front' });
  });

  test.each([
    [{ page: 'windows', action: 'open' }, 'There is no page "windows"'],
    [{ page: 'doors', action: 'close' }, 'The page doors has no action "close"'],
    [{ page: 'doors', action: 'constructor' }, 'The page doors has no action "constructor"'],
    [{ page: ['doors'] }, 'There is no page ""'],
  ])('refuse %j', async (asked, message) => {
    await expect(actOnPage(options, asked)).rejects.toThrow(message);
  });

  test('offer at a step only what is theirs', async () => {
    const at = (stateName: string) => offeredButtons(options, { stateName, parameters: '{}' });
    expect((await at('Knock')).offered).toMatchObject([
      { page: 'doors', button: { label: 'Open' } },
    ]);
    expect((await at('Wait')).offered).toEqual([]);
  });
});
