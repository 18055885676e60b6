import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCli } from './rehearsals/run-cli.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

let rehearsal: StartedRehearsal;

const run = (...args: readonly string[]) =>
  runCli('--endpoint-url', rehearsal.runtime.url, 'env', ...args);

beforeAll(async () => {
  rehearsal = await startRehearsal();
});
afterAll(() => rehearsal?.runtime.close());

describe('signalbox env', () => {
  test('prints the variables of every function, as the rehearsal names things', async () => {
    const { runtime, stage } = rehearsal;
    const { exitCode, stdout, stderr } = await run('--json');
    const environments: Record<string, Record<string, string>> = JSON.parse(stdout);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(Object.keys(environments).sort()).toEqual(
      runtime
        .app()
        .functions.map(({ logicalId }) => logicalId)
        .sort(),
    );
    expect(environments['ReserveStockFunction']).toMatchObject({
      INVENTORY_TABLE: stage.physicalId('InventoryTable'),
      AWS_ENDPOINT_URL: runtime.url,
      AWS_REGION: runtime.app().region,
    });
  });

  test('gives each function credentials of its own role', async () => {
    const { runtime } = rehearsal;
    const environment = JSON.parse((await run('ChargePayment', '--json')).stdout);
    const { AWS_ACCESS_KEY_ID: key } = environment.ChargePaymentFunction;

    const response = await fetch(runtime.url, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260131/us-east-1/sts/aws4_request`,
      },
      body: new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
    });

    expect(await response.text()).toMatch(/:assumed-role\/signalbox-local-Orders\S*ChargePayment/);
  });

  test('names the rehearsal as a container sees it, wherever it is named', async () => {
    const { runtime } = rehearsal;
    const { stdout } = await run('--host', 'host.docker.internal', '--json');
    const { port } = new URL(runtime.url);

    expect(stdout).not.toContain('127.0.0.1');
    expect(JSON.parse(stdout).ChargePaymentFunction).toMatchObject({
      AWS_ENDPOINT_URL: `http://host.docker.internal:${port}`,
      PAYMENT_URL: `http://host.docker.internal:${port}/sandbox/payments`,
    });
  });

  test('prints lines that a shell reads', async () => {
    const { stdout } = await run('ChargePaymentFunction');
    const [title, ...lines] = stdout.trimEnd().split('\n');

    expect(title).toBe('# ChargePaymentFunction');
    expect(lines).toContain(`export AWS_ENDPOINT_URL='${rehearsal.runtime.url}'`);
    expect(lines.every((line) => /^export \w+='.*'$/.test(line))).toBe(true);
  });

  test('exits with 3 where there is no such function', async () => {
    const { exitCode, stderr } = await run('Nowhere');

    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^No function "Nowhere": there is .*ChargePaymentFunction/);
  });
});
