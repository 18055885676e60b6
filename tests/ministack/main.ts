import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createRealClock } from '../../packages/signalbox/src/core/real-clock.ts';
import { createSandboxPayments } from '../../rehearsal/payments/payments.ts';
import { deploy } from './deploy.ts';
import { type Engine, serve, startEngine } from './engine.ts';
import { GAPS } from './gaps.ts';
import { type Deployed, type OrderScenario, orderScenarios, playOrder } from './play-order.ts';
import { SCENARIO_GAPS } from './scenario-gaps.ts';

/** Probes the gaps, deploys, plays every scenario of orders; returns 1 where something is not as it is known to be. */
export async function main(): Promise<number> {
  let key = '';
  const payments = createSandboxPayments({ clock: createRealClock(), secrets: () => [key] });
  const shop = await serve((request, response) => void payments.handle(request, response));
  const engine = await startEngine();
  try {
    const changedGaps = await probeGaps(engine);
    const ids = await deploy(engine, {
      Environment: 'dev',
      LogRetentionDays: '1',
      PaymentProviderUrl: shop.url,
      PaymentTimeoutMs: '2000',
      ApprovalTimeoutSeconds: '60',
    });
    say(`\nDeployed by sam deploy: ${ids.size} resources`);
    const deployed = { engine, ids };
    key = await paymentKey(deployed);
    await seedStock(deployed);
    const differences = await playAll(deployed);
    return changedGaps + differences === 0 ? 0 : 1;
  } finally {
    await engine.close();
    shop.server.close();
    shop.server.closeAllConnections();
  }
}

/** Says of each gap whether it is still there; returns how many are neither there nor gone. */
async function probeGaps(engine: Engine): Promise<number> {
  let changed = 0;
  for (const { what, workAround, symptom, asOnAws, probe } of GAPS) {
    const found = await probe(engine);
    if (symptom.test(found)) say(`gap      ${what}: ${workAround}`);
    else if (asOnAws.test(found)) say(`GONE     ${what}: the work-around can go (${workAround})`);
    else {
      changed += 1;
      say(`CHANGED  ${what}: found "${found}", expected ${symptom} or ${asOnAws}`);
    }
  }
  return changed;
}

type Verdict = 'ok' | 'gap' | 'differs';

/** Plays the scenarios one after the other; returns how many end otherwise than they should or are known to. */
async function playAll(deployed: Deployed): Promise<number> {
  const scenarios = orderScenarios();
  const isUnanswered = ({ timeOutIn }: OrderScenario): boolean => timeOutIn !== undefined;
  // Waits for a minute, beside the others.
  const unanswered = scenarios.filter(isUnanswered).map((scenario) => play(deployed, scenario));
  const verdicts: Verdict[] = [];
  for (const scenario of scenarios) {
    if (!isUnanswered(scenario)) verdicts.push(await play(deployed, scenario));
  }
  verdicts.push(...(await Promise.all(unanswered)));
  const count = (verdict: Verdict): number => verdicts.filter((one) => one === verdict).length;
  say(
    `\n${count('ok')} of ${verdicts.length} scenarios of orders ended on MiniStack as in the rehearsal; ${count('gap')} meet gaps of its own; ${count('differs')} differ`,
  );
  return count('differs');
}

async function play(deployed: Deployed, scenario: OrderScenario): Promise<Verdict> {
  const { found, expected } = await playOrder(deployed, scenario);
  const known = SCENARIO_GAPS[scenario.name];
  if (found.join() === expected.join()) {
    say(`ok       ${scenario.name}${known === undefined ? '' : ` (GONE: ${known.why})`}`);
    return 'ok';
  }
  if (known?.found.test(found.join())) {
    say(`gap      ${scenario.name}: ${known.why}`);
    return 'gap';
  }
  const lines = [`expected ${expected.join()}`, `found    ${found.join()}`];
  say([`DIFFERS  ${scenario.name}`, ...lines].join('\n  '));
  return 'differs';
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function paymentKey({ engine, ids }: Deployed): Promise<string> {
  const client = new SecretsManagerClient(engine.client);
  const { SecretString = '' } = await client.send(
    new GetSecretValueCommand({ SecretId: ids.get('PaymentSecret') }),
  );
  return SecretString;
}

async function seedStock({ engine, ids }: Deployed): Promise<void> {
  const { InventoryTable } = JSON.parse(readFileSync('scenarios/seed.json', 'utf8'));
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(engine.client));
  for (const Item of InventoryTable) {
    await tables.send(new PutCommand({ TableName: ids.get('InventoryTable'), Item }));
  }
}
