import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import type { BenchRow } from '../packages/signalbox/benchmarks/bench-row.ts';
import type { ClientOptions } from '../packages/signalbox/src/core/client-options.ts';
import { isJsonObject, type Json } from '../packages/signalbox/src/core/json.ts';
import { openBench } from './open-bench.ts';

/** Fewer by `AUDIT_BUCKETS`, for a look. */
const BUCKETS = Number(process.env['AUDIT_BUCKETS'] ?? 100_000);
const BATCH = 100;
/** 1,500 buckets a second on two cores. */
const CPU_MS = 1.33;
const LOOK_AGAIN_MS = 1_000;
/** The buckets of the account: of every verdict, and none that asks for a repair. */
const LIKE = [
  'est-compliant-ladder',
  'est-no-configuration',
  'est-only-abort-rule',
  'est-partial-prefix',
  'est-legacy-whole-bucket',
  'est-versioned-without-noncurrent',
  'est-compliant-intelligent-tiering',
  'est-exempt',
  'est-denied-lifecycle',
  'est-transition-late',
];
const MAX_HISTORY_EVENTS = 25_000;

/** Audits many buckets in a rehearsal: how long, in how much memory, with how much history. */
export async function runAuditBench(root: string): Promise<readonly BenchRow[]> {
  const copy = copyWithBuckets(root);
  const { app, rehearsal, client } = await openBench(copy);
  try {
    const machine = app.stateMachines.find(({ name }) => name.endsWith('s3-lifecycle-audit'));
    const bus = app.eventBuses.find(({ name }) => name.endsWith('-operations'))?.name ?? '';
    const before = rehearsal.residentMb();
    const cpuBefore = rehearsal.cpuSeconds();
    const startedAt = performance.now();
    await request(client, bus);
    const { output, events, peakMb } = await ended(client, `${machine?.arn}`, rehearsal.residentMb);
    const seconds = (performance.now() - startedAt) / 1_000;
    const cpuMs = ((rehearsal.cpuSeconds() - cpuBefore) * 1000) / BUCKETS;
    const verdicts = isJsonObject(output) ? JSON.stringify(output['verdicts']) : '';
    return [
      {
        name: `audit of ${BUCKETS.toLocaleString('en')} buckets`,
        value: seconds,
        unit: 's',
        remark: verdicts,
      },
      { name: 'buckets audited', value: BUCKETS / seconds, unit: 'buckets/s' },
      { name: 'CPU time of a bucket', value: cpuMs, unit: 'ms', atMost: CPU_MS, cpuMs },
      { name: 'resident before the audit', value: before, unit: 'MB' },
      { name: 'resident at its peak', value: peakMb, unit: 'MB' },
      { name: 'events of its history', value: events, unit: '', atMost: MAX_HISTORY_EVENTS },
      ...paperCosts(),
    ];
  } finally {
    await rehearsal.stop();
    rmSync(copy, { recursive: true });
  }
}

/** The project with many buckets around it. */
function copyWithBuckets(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'signalbox-audit-'));
  for (const name of [
    'bin',
    'packages',
    'functions',
    'statemachines',
    'events',
    'scenarios',
    'rehearsal',
    'template.yaml',
    'stacks',
    'samconfig.toml',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ]) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const file = join(copy, 'rehearsal/simulated-resources.json');
  const resources: Record<string, Json> = JSON.parse(readFileSync(file, 'utf8'));
  const s3 = isJsonObject(resources['s3']) ? resources['s3'] : {};
  const buckets = Array.isArray(s3['buckets']) ? s3['buckets'] : [];
  const grown = { buckets: buckets.filter(isKept), generate: { count: BUCKETS, like: LIKE } };
  writeFileSync(file, JSON.stringify({ ...resources, s3: grown }));
  return copy;
}

/** Without the buckets that are tagged for repair: it is the audit that is measured. */
function isKept(bucket: Json): boolean {
  const tags = isJsonObject(bucket) ? bucket['tags'] : undefined;
  return !isJsonObject(tags) || tags['lifecycle-repair'] === undefined;
}

async function request(client: ClientOptions, EventBusName: string): Promise<void> {
  const detail = { version: 1, reason: 'A benchmark', requestedBy: 'bench' };
  const entry = {
    EventBusName,
    Source: 'signalbox.audit',
    DetailType: 'AuditRequested',
    Detail: JSON.stringify(detail),
  };
  await new EventBridgeClient(client).send(new PutEventsCommand({ Entries: [entry] }));
}

/** Looks until the audit has ended, and at the memory meanwhile. */
async function ended(
  client: ClientOptions,
  stateMachineArn: string,
  residentMb: () => number,
): Promise<{ readonly output: Json; readonly events: number; readonly peakMb: number }> {
  const states = new SFNClient(client);
  let peakMb = 0;
  for (;;) {
    peakMb = Math.max(peakMb, residentMb());
    const { executions = [] } = await states.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 100 }),
    );
    const run = await requested(states, executions);
    if (run !== undefined && run.status !== 'RUNNING') {
      const { executionArn } = run;
      if (run.status !== 'SUCCEEDED') throw new Error(`The audit ended ${run.status}`);
      const { output = '{}' } = await states.send(new DescribeExecutionCommand({ executionArn }));
      const { events = [] } = await states.send(
        new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }),
      );
      return { output: JSON.parse(output), events: events[0]?.id ?? 0, peakMb };
    }
    await delay(LOOK_AGAIN_MS);
  }
}

/** The audit that was requested: others look at one bucket that somebody has made or changed. */
async function requested(
  states: SFNClient,
  executions: readonly ExecutionListItem[],
): Promise<ExecutionListItem | undefined> {
  for (const one of executions) {
    const { executionArn } = one;
    const { input = '' } = await states.send(new DescribeExecutionCommand({ executionArn }));
    if (input.includes('"AuditRequested"')) return one;
  }
  return undefined;
}

/** us-east-1, dollars: what such a run costs on AWS, on paper; two of five buckets get a proposal. */
function paperCosts(): readonly BenchRow[] {
  const batches = BUCKETS / BATCH;
  const proposals = BUCKETS * 0.4;
  const parts = {
    // A child execution: its start and one state. The audit itself: about 40.
    transitions: (2 * batches + 40) * 0.000025,
    // Three reads a bucket; S3 bills them as GET, its lists and writes as PUT.
    'S3 requests': (3 * BUCKETS * 0.0004 + (2 * batches + proposals) * 0.005) / 1_000,
    // Ten buckets side by side, 0.1 s a call: 3 s a batch of 512 MB on arm64.
    Lambda: batches * 3 * 0.5 * 0.0000133334,
    // GetMetricData: five metrics for each that something is proposed for.
    CloudWatch: (proposals * 5 * 0.01) / 1_000,
  };
  return Object.entries(parts).map(([name, value]) => ({
    name: `AWS cost of the audit, ${name}`,
    value,
    unit: '$',
  }));
}
