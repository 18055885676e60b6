import { describe, expect, test } from '@jest/globals';
import { answeringClients, runWith } from './test-clients.ts';
import { verificationChecks } from './verification-checks.ts';

async function wrongOf(states: Readonly<Record<string, string>>, healthUrl?: string) {
  const MetricAlarms = Object.entries(states).map(([AlarmName, StateValue]) => ({
    AlarmName,
    StateValue,
  }));
  const { clients } = answeringClients({ DescribeAlarms: () => ({ MetricAlarms }) });
  const verification = { alarms: ['web', 'tier'], healthUrl, timeoutSeconds: 600 };
  const ask = async () => new Response(null, { status: 503 });
  const checks = await verificationChecks(verification, runWith(clients), ask);
  return checks.filter(({ ok }) => !ok);
}

describe('verificationChecks()', () => {
  test('hold where every alarm is OK', async () => {
    expect(await wrongOf({ web: 'OK', tier: 'OK' })).toEqual([]);
  });

  test('tell of each alarm for which verification would wait', async () => {
    const wrong = await wrongOf({ web: 'INSUFFICIENT_DATA' });

    expect(wrong).toEqual([
      {
        name: 'verification-alarm',
        ok: false,
        level: 'advisory',
        detail: 'web is INSUFFICIENT_DATA; verification waits until it is OK',
      },
      expect.objectContaining({ detail: 'tier is not there; verification waits until it is OK' }),
    ]);
  });

  test('ask the health page', async () => {
    const wrong = await wrongOf({ web: 'OK', tier: 'OK' }, 'https://web.example.com/health');

    expect(wrong.map(({ name, detail }) => [name, detail])).toEqual([
      ['verification-health-page', 'https://web.example.com/health answers 503'],
    ]);
  });
});
