import { describe, expect, test } from '@jest/globals';
import { lineAt, lineForEach, shellWord } from './terminal-line.ts';

const OPTIONS = { aws: ['--profile', 'the night'], signalbox: ['--region', 'eu-west-1'] };

describe('lineAt()', () => {
  test.each([
    ['aws sqs list-queues', "aws --profile 'the night' sqs list-queues"],
    ['npx signalbox ls', 'npx signalbox --region eu-west-1 ls'],
    [
      'for arn in a b; do npx signalbox stop "$arn"; done',
      'for arn in a b; do npx signalbox --region eu-west-1 stop "$arn"; done',
    ],
    // Only the command is changed, and nothing that a payload says.
    [
      "npx signalbox event put '; do aws '",
      "npx signalbox --region eu-west-1 event put '; do aws '",
    ],
    ['curl http://127.0.0.1', 'curl http://127.0.0.1'],
  ])('leads "%s" to its place', (line, expected) => {
    expect(lineAt(line, OPTIONS)).toBe(expected);
  });

  test('adds nothing where the command finds its place', () => {
    expect(lineAt('npx signalbox ls', { aws: [], signalbox: [] })).toBe('npx signalbox ls');
  });
});

describe('lineForEach()', () => {
  const line = (word: string) => `aws stop ${word}`;

  test('is a line for one, and a loop for several', () => {
    expect(lineForEach('arn', ["it's"], line)).toBe(`aws stop ${shellWord("it's")}`);
    expect(lineForEach('arn', ['a', 'b c'], line)).toBe(
      `for arn in a 'b c'; do aws stop "$arn"; done`,
    );
  });
});
