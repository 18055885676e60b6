import { describe, expect, test } from '@jest/globals';
import { CONSOLE_PREFIX } from './console-prefix.ts';
import { terminalOptions } from './terminal-options.ts';

const ENDPOINT = 'http://127.0.0.1:4700';

describe('terminalOptions()', () => {
  test('lead the lines of a rehearsal to it, which the commands find by themselves', () => {
    const stack = { endpoint: ENDPOINT, client: { maxAttempts: 1 }, stack: undefined };
    expect(
      terminalOptions({ kind: 'rehearsal', prefix: CONSOLE_PREFIX, region: 'us-east-1', stack }),
    ).toEqual({ aws: ['--endpoint-url', ENDPOINT, '--region', 'us-east-1'], signalbox: [] });
  });

  test('name the other Region of a rehearsal', () => {
    const stack = { endpoint: ENDPOINT, client: { maxAttempts: 1 }, stack: undefined };
    const prefix = '/_signalbox/regions/us-west-2/console';
    expect(
      terminalOptions({ kind: 'rehearsal', prefix, region: 'us-west-2', stack }).signalbox,
    ).toEqual(['--endpoint-url', ENDPOINT, '--region', 'us-west-2']);
  });

  test('name profile, Region and stack of an account', () => {
    const client = { maxAttempts: 3, profile: 'prod', region: 'eu-west-1' };
    const stack = { endpoint: undefined, client, stack: 'shop' };
    expect(terminalOptions({ kind: 'account', prefix: '', region: 'eu-west-1', stack })).toEqual({
      aws: ['--profile', 'prod', '--region', 'eu-west-1'],
      signalbox: ['--profile', 'prod', '--region', 'eu-west-1', '--stack', 'shop'],
    });
  });
});
