import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { OpenJournal } from '../../../core/journal.ts';
import { createTestClock } from '../../../core/test-clock.ts';
import { createTestJournal } from '../../../store/test-journal.ts';
import { createTestMaps } from '../../../store/test-kept-maps.ts';
import { openTestRegions, type TestRegions } from './test-regions.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'] as const;

const region = fc.constantFrom(...REGIONS);
const id = fc.constantFrom('a', 'b');

type Step =
  | { readonly kind: 'put' | 'delete'; readonly region: string; readonly id: string }
  | { readonly kind: 'down' | 'pause' | 'mend'; readonly region: string }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'kill' };

const write = fc.record({ kind: fc.constantFrom('put' as const, 'delete' as const), region, id });
const outage = fc.record({
  kind: fc.constantFrom('down' as const, 'pause' as const, 'mend' as const),
  region,
});
const pass = fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(0, 200, 600) });
const kill = fc.constant({ kind: 'kill' as const });

/** Plays steps on a global table and returns what each key must hold at the end. */
async function play(steps: readonly Step[], open: () => Promise<TestRegions>) {
  let regions = await open();
  const [first, ...others] = REGIONS;
  await regions.createTable(first, others);
  const last = new Map<string, string | undefined>();
  for (const [at, step] of steps.entries()) {
    if (step.kind === 'pass') await regions.clock.advance(step.ms);
    else if (step.kind === 'kill') regions = await open();
    else if (step.kind === 'put' || step.kind === 'delete')
      await writeItem(regions, step, at, last);
    else change(regions, step);
  }
  const { down, paused } = regions.globalTables.links;
  for (const cut of [...down, ...paused]) change(regions, { kind: 'mend', region: cut });
  await regions.settle();
  return { regions, last };
}

function change(
  { globalTables }: TestRegions,
  { kind, region: target }: { kind: string; region: string },
) {
  const { faults } = globalTables.simulated;
  if (kind === 'down') faults['region-tables']?.start(target);
  if (kind === 'pause') faults['replication']?.start(target);
  if (kind !== 'mend') return;
  for (const fault of Object.values(faults)) fault.end(target);
}

/** Writes an item where the Region is up; what changes nothing there is no write. */
async function writeItem(
  { run, globalTables }: TestRegions,
  { kind, region: target, id: S }: { kind: string; region: string; id: string },
  at: number,
  last: Map<string, string | undefined>,
): Promise<void> {
  if (globalTables.links.isDown(target)) return;
  const Key = { id: { S } };
  if (kind === 'put') {
    await run(target, 'PutItem', { Item: { ...Key, n: { N: String(at) } } });
    last.set(S, `{"id":{"S":"${S}"},"n":{"N":"${at}"}}`);
    return;
  }
  // In one call: between two, a write of another Region may arrive.
  const { Attributes } = await run(target, 'DeleteItem', { Key, ReturnValues: 'ALL_OLD' });
  if (Attributes !== undefined) last.set(S, undefined);
}

async function expectAgreement({ regions, last }: Awaited<ReturnType<typeof play>>): Promise<void> {
  const expected = [...last.values()].filter((text) => text !== undefined).sort();
  for (const one of REGIONS) {
    expect(await regions.items(one)).toEqual(expected);
    expect(await regions.streamed(one)).toEqual(expected);
  }
  const { replicas } = regions.globalTables.groups.all()[0] ?? { replicas: [] };
  expect(replicas.map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
}

/** What a process that was killed still does here reaches its disk no more. */
function untilKilled(open: OpenJournal, isAlive: () => boolean): OpenJournal {
  return (reader) => {
    const journal = open(reader);
    const append = (line: string): void => {
      if (isAlive()) journal.append(line);
    };
    return { append, close: () => journal.close() };
  };
}

test('all replicas hold the last write of each item, whatever the order of writes and outages', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(write, write, outage, pass), { maxLength: 25 }),
      async (steps) => {
        const played = await play(steps, () => openTestRegions());
        await expectAgreement(played);
        await played.regions.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('nor does the end of the process between any two steps lose a write', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(write, write, outage, pass, kill), { maxLength: 15 }),
      async (steps) => {
        const openMaps = createTestMaps();
        const journals = new Map<string, OpenJournal>();
        let now = '2026-01-05T10:00:00.000Z';
        let living = 0;
        const played = await play(steps, async () => {
          living += 1;
          const own = living;
          const clock = createTestClock(now);
          now = new Date(Date.parse(now) + 100).toISOString();
          const openTablesIn = (one: string): OpenJournal => {
            const journal = journals.get(one) ?? createTestJournal();
            journals.set(one, journal);
            return untilKilled(journal, () => own === living);
          };
          return openTestRegions({ clock, maps: openMaps(), openTablesIn });
        });
        await expectAgreement(played);
        await played.regions.close();
      },
    ),
    { numRuns: 30 },
  );
});
