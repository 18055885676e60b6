import { readdirSync, readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCli } from './rehearsals/run-cli.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

const FOLDER = 'docs/runbooks';
const WAITING_ORDER = 'ord-high-value-approved';

/** What stands in a runbook for what its reader has at hand, and what there is of it here. */
const AT_HAND: readonly (readonly [RegExp, string])[] = [
  [/\s+#.*$/, ''],
  [/\|\w+/g, ''],
  [/ --profile me\b/, ''],
  [/\bcosts 2026-10\b/, 'costs 2025-12'], // the rehearsal's clock begins in January of 2026
  [/<order>/, WAITING_ORDER],
  [/<failoverId>/, 'runbook-1'],
  [/<(execution|id)>/, '@last'],
  [/<function>/, 'ChargePayment'],
  [/<bucket>…?/, 'est-no-configuration'],
  [/\baudit\.json\b/, 'events/lifecycle/audit-requested.json'],
  [/\breview\.json\b/, 'events/costs/cost-review-requested.json'],
  [/\brestore\.json\b/, 'events/invoke/lifecycle/write-lifecycle.json'],
  [/\bstock-count\.json\b/, 'rehearsal/seed/first-stock.json'],
  [/--from <time>/, '--from 2000-01-01T00:00:00Z'],
  [/--region us-west-2/, '--region us-east-1'],
  [/(failover database .*)/, '$1 --id runbook-1'],
];

/** Commands that are not run here, each with its reason. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^drill /, 'starts a rehearsal of its own: drill.test.ts'],
  [/^invoke (Rebuild|Migrate)Reports/, 'reports are off by default: reports.test.ts'],
  [/^tail @last/, 'follows what runs until it ends: cli.test.ts'],
  [/^logs$/, 'a word in a sentence'],
];

/** What ends otherwise than well here, by the exit codes of the README. */
const ENDS: readonly (readonly [RegExp, number])[] = [
  [/^send-token /, 3], // nothing waits for an answer
  [/^approve runbook-1/, 3], // a dry run asks nobody
  [/^failover (skip|ungraceful) /, 1], // it has ended
  [/^audit restore /, 3], // nothing was repaired
  [/^audit est-/, 1], // it is not compliant
  [/^costs /, 1], // thresholds are breached
];

let rehearsal: StartedRehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal();
  for (const order of ['happy-order', 'declined-card', 'high-value-approved']) await place(order);
});
afterAll(() => rehearsal?.runtime.close());

async function place(order: string): Promise<void> {
  const Entries = JSON.parse(readFileSync(`scenarios/orders/entries/${order}.json`, 'utf8'));
  await new EventBridgeClient(rehearsal.stage.client).send(new PutEventsCommand({ Entries }));
  await rehearsal.stage.settled();
}

/** The command lines of all runbooks, as they are typed here, each once. */
function commands(): readonly string[] {
  const texts = readdirSync(FOLDER).map((file) => readFileSync(`${FOLDER}/${file}`, 'utf8'));
  const found = texts.flatMap((text) => [
    ...text.matchAll(/(?:`|^ {4,})(?:npx )?signalbox ([^`\n]+)/gm),
  ]);
  const typed = found.map(([, line = '']) =>
    AT_HAND.reduce((command, [written, there]) => command.replace(written, there), line).trim(),
  );
  return [...new Set(typed)].filter(
    (command) => !ELSEWHERE.some(([pattern]) => pattern.test(command)),
  );
}

const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');

test('there are some', () => {
  expect(commands().length).toBeGreaterThan(25);
});

test.each(commands())('signalbox %s', async (command) => {
  const { exitCode, stdout, stderr } = await runCli(
    '--endpoint-url',
    rehearsal.runtime.url,
    ...wordsOf(command),
  );
  await rehearsal.stage.settled();

  const wanted = ENDS.find(([pattern]) => pattern.test(command))?.[1] ?? 0;
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: wanted, stdout, stderr });
});
