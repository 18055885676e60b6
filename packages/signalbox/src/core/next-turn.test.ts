import { expect, test } from '@jest/globals';
import { nextTurn } from './next-turn.ts';

test('nextTurn() lets one go on in each turn of the event loop, in their order', async () => {
  const happened: string[] = [];
  const work = async (name: string): Promise<void> => {
    for (let slice = 1; slice <= 2; slice += 1) {
      await nextTurn();
      happened.push(`${name}${slice}`);
    }
  };
  const everything = Promise.all([work('a'), work('b')]);
  for (let turn = 1; turn <= 5; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    happened.push('|');
  }
  await everything;
  expect(happened.join('')).toBe('a1|b1|a2|b2||');
});
