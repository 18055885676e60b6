import { expect, test } from '@jest/globals';
import jsonata from 'jsonata';
import { StepCounter } from './step-counter.ts';

function counterAfter(steps: number): StepCounter {
  const counter = new StepCounter(() => new Error('too many'));
  for (let step = 0; step < steps; step += 1) void counter.next();
  return counter;
}

test('ends an evaluation of more than 4 million steps', () => {
  const counter = counterAfter(4_000_000);

  expect(() => counter.next()).toThrow('too many');
});

test('begins again with each evaluation', () => {
  const counter = counterAfter(4_000_000);
  counter.reset();

  expect(() => counter.next()).not.toThrow();
});

test('counts each node that the library evaluates', async () => {
  const expression = jsonata('1 + 2');
  counterAfter(4_000_000 - 3).watch(expression);

  expect(await expression.evaluate(undefined)).toBe(3);
  await expect(expression.evaluate(undefined)).rejects.toThrow('too many');
});
