import type { LifecycleRule } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LifecycleConfiguration } from '../assessment/bucket-facts.ts';
import { DEFAULT_POLICY } from '../assessment/policy.ts';
import { OWN_RULE_ID, proposeLifecycle } from '../assessment/proposal/propose.ts';
import { canonicalRule } from '../assessment/same-rules.ts';
import type { ForeignWrite, LifecycleDecision } from '../repair/lifecycle-write.ts';
import {
  BucketLockedError,
  type Exchanged,
  exchangeLifecycle,
  type LifecycleStore,
  type RepairJournal,
} from './lifecycle-exchange.ts';
import { bringBack, type KnownWrite, PROPAGATION_MS } from './write-window.ts';

/*
 * One bucket, our repair, and others who put lifecycles of their own at any point between our calls.
 * CloudTrail reports their writes afterwards, in any order and more than once. In the end every rule
 * of the last of them has to be there.
 */

const NOW = new Date('2026-11-22T09:30:00Z');
const rule = (ID: string): LifecycleRule => ({
  ID,
  Status: 'Enabled',
  Filter: { Prefix: `${ID}/` },
  Expiration: { Days: 7 },
});
const of = (...ids: readonly string[]): LifecycleConfiguration => ({
  rules: ids.map(rule),
  minimumObjectSize: undefined,
});

/** Somebody reads the lifecycle, changes it and puts it, all at one point. */
interface Foreign {
  /** After how many calls of ours. */
  readonly at: number;
  readonly change: (current: LifecycleConfiguration | undefined) => LifecycleConfiguration;
}

interface Window extends KnownWrite {
  overtaken: ForeignWrite | undefined;
  writtenAtMs: number | undefined;
}

/** A bucket, the journal and CloudTrail, in memory: what the functions of the workflow reach. */
class Race {
  current: LifecycleConfiguration | undefined;
  readonly trail: ForeignWrite[] = [];
  readonly #windows: Window[] = [];
  #holder: string | undefined;
  #calls = 0;
  #foreign: Foreign[];
  #nowMs = NOW.getTime();
  #writes = 0;
  /** A read may still see states that were there less than this many calls ago. */
  readonly #staleCalls: number;
  /** The point at which our function ends without a response: once its write has come, or before. */
  crash: 'before the write' | 'before its end is noted' | undefined;
  readonly #past: { readonly call: number; readonly was: LifecycleConfiguration | undefined }[] =
    [];

  constructor(
    before: LifecycleConfiguration | undefined,
    foreign: readonly Foreign[],
    staleCalls = 0,
  ) {
    this.current = before;
    this.#foreign = [...foreign];
    this.#staleCalls = staleCalls;
  }

  /** Each call of ours is a point at which others may have been first. */
  #point(): void {
    this.#calls += 1;
    this.#nowMs += 100;
    const due = this.#foreign.filter(({ at }) => at <= this.#calls);
    this.#foreign = this.#foreign.filter(({ at }) => at > this.#calls);
    for (const { change } of due) {
      const theirs = change(this.current);
      this.#put(theirs);
      // CloudTrail cuts its times to the second.
      this.trail.push({ atMs: Math.floor(this.#nowMs / 1_000) * 1_000, rules: theirs.rules });
      this.#nowMs += 1_000;
    }
  }

  #put(configuration: LifecycleConfiguration | undefined): void {
    this.#past.push({ call: this.#calls, was: this.current });
    this.current = configuration;
  }

  readonly #store: LifecycleStore = {
    read: async () => {
      this.#point();
      const recent = this.#past.find(({ call }) => call > this.#calls - this.#staleCalls);
      return recent === undefined ? this.current : recent.was;
    },
    write: async (configuration) => {
      this.#point();
      if (this.crash === 'before the write') throw new Error('crashed');
      this.#put(configuration);
      this.#point();
      if (this.crash === 'before its end is noted') throw new Error('crashed');
    },
  };

  readonly #journal: RepairJournal = {
    lock: async (holder) => {
      this.#point();
      if (this.#holder !== undefined) throw new BucketLockedError('busy');
      this.#holder = holder;
    },
    unlock: async () => {
      this.#point();
      this.#holder = undefined;
    },
    open: async (write) => {
      this.#point();
      this.#windows.push({ ...write, writtenAtMs: undefined, overtaken: undefined });
    },
    close: async ({ writeId }, writtenAtMs) => {
      this.#point();
      for (const window of this.#windows) {
        if (window.writeId === writeId) window.writtenAtMs = writtenAtMs;
      }
    },
    abandon: async ({ writeId }) => {
      this.#point();
      const index = this.#windows.findIndex((window) => window.writeId === writeId);
      this.#windows.splice(index, 1);
    },
    earlier: async (writeId) => {
      this.#point();
      return this.#windows.filter((window) => window.writeId === writeId);
    },
  };

  async exchange(
    decide: (current: LifecycleConfiguration | undefined) => LifecycleDecision,
    writeId?: string,
  ): Promise<Exchanged> {
    this.#writes += 1;
    return exchangeLifecycle({
      store: this.#store,
      journal: this.#journal,
      writeId: writeId ?? `write-${this.#writes}`,
      nowMs: () => this.#nowMs,
      decide,
    });
  }

  async repair(writeId?: string): Promise<Exchanged> {
    return this.exchange((current) => {
      const facts = { configuration: current, versioning: undefined, isMfaDelete: false };
      const proposal = proposeLifecycle(facts, DEFAULT_POLICY, NOW);
      return proposal.kind === 'proposed'
        ? { kind: 'write', configuration: proposal.configuration }
        : { kind: 'leave', why: proposal.kind };
    }, writeId);
  }

  /** Does for one event as the state MergeLostRules does. */
  async hear(event: ForeignWrite): Promise<void> {
    let overtakenBy: readonly KnownWrite[] = [];
    const writes = [...this.#windows];
    await this.exchange((current) => {
      const back = bringBack(current, event, writes);
      overtakenBy = back.overtakenBy;
      return back.decision;
    });
    for (const window of this.#windows) {
      if (overtakenBy.some(({ writeId }) => writeId === window.writeId)) window.overtaken = event;
    }
  }

  /** Lets all who still want to write do so, and reports their writes. */
  async finish(order: (events: readonly ForeignWrite[]) => readonly ForeignWrite[]): Promise<void> {
    while (this.#foreign.length > 0) this.#point();
    for (let told = 0; told < this.trail.length; ) {
      const events = this.trail.slice(told);
      told = this.trail.length;
      for (const event of order(events)) await this.hear(event);
    }
  }
}

function idsOf(configuration: LifecycleConfiguration | undefined): readonly string[] {
  return (configuration?.rules ?? []).map(({ ID = '' }) => ID).sort();
}

/** The most calls that a repair makes: every one is a point at which others may write. */
const POINTS = 10;
const adds =
  (id: string) =>
  (current: LifecycleConfiguration | undefined): LifecycleConfiguration => ({
    rules: [...(current?.rules ?? []), rule(id)],
    minimumObjectSize: undefined,
  });

describe('a repair that races with another writer', () => {
  test.each(Array.from({ length: POINTS }, (_, at) => at))(
    'loses none of their rules when they write before its call %d',
    async (at) => {
      const race = new Race(of('a'), [{ at, change: adds('b') }]);

      await race.repair();
      await race.finish((events) => events);

      expect(idsOf(race.current)).toEqual(expect.arrayContaining(['a', 'b']));
    },
  );

  test('overtakes them at one point at least, so that there is something to bring back', async () => {
    const lost: number[] = [];
    for (let at = 1; at < POINTS; at += 1) {
      const race = new Race(of('a'), [{ at, change: adds('b') }]);
      await race.repair();
      if (race.trail.length > 0 && !idsOf(race.current).includes('b')) lost.push(at);
    }

    expect(lost).toHaveLength(1);
  });

  test.each(Array.from({ length: POINTS }, (_, at) => at))(
    'does not bring back what they take away before its call %d',
    async (at) => {
      const race = new Race(of('a', 'b'), [{ at, change: () => of('a') }]);

      await race.repair();
      await race.finish((events) => events);

      expect(idsOf(race.current).filter((id) => id !== OWN_RULE_ID)).toEqual(['a']);
    },
  );

  test('loses no rule of two writers, told of in any order and twice', async () => {
    const point = fc.integer({ min: 1, max: 2 * POINTS });
    await fc.assert(
      fc.asyncProperty(
        point,
        point,
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 0, max: 3 }),
        async (first, second, isReversed, isTwice, staleCalls) => {
          const race = new Race(
            of('a'),
            [
              { at: first, change: adds('b') },
              { at: second, change: adds('c') },
            ],
            staleCalls,
          );

          await race.repair().catch(isContended);
          await race.finish((events) => {
            const told = isReversed ? [...events].reverse() : events;
            return isTwice ? [...told, ...told] : told;
          });

          expect(idsOf(race.current)).toEqual(expect.arrayContaining(['a', 'b', 'c']));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('leaves the bucket repaired, where nobody put another lifecycle after it', async () => {
    const race = new Race(of('a'), [{ at: 5, change: adds('b') }]);

    await race.repair();
    await race.finish((events) => events);

    expect(idsOf(race.current)).toEqual(['a', 'b', OWN_RULE_ID]);
  });

  test('gives up where others never stop, and has written nothing', async () => {
    const race = new Race(
      of('a'),
      Array.from({ length: 60 }, (_, at) => ({ at, change: adds(`x${at}`) })),
    );

    await expect(race.repair()).rejects.toThrow(
      expect.objectContaining({ name: 'LifecycleContendedError' }),
    );
    expect(idsOf(race.current)).not.toContain(OWN_RULE_ID);
  });
});

describe('a repair that is tried once more', () => {
  test.each([undefined, 'before its end is noted'] as const)(
    'knows its own write, where its answer was lost: %p',
    async (crash) => {
      const race = new Race(of('a'), []);
      race.crash = crash;
      const first = await race.repair('same').catch(() => undefined);
      race.crash = undefined;

      const again = await race.repair('same');

      expect(again).toMatchObject({ kind: 'written', write: { writeId: 'same', base: of('a') } });
      if (first !== undefined) expect(again).toMatchObject(first);
      expect(await race.repair('another')).toMatchObject({ kind: 'left' });
    },
  );

  test('knows it beside what somebody has put since', async () => {
    const race = new Race(of('a'), []);
    race.crash = 'before its end is noted';
    await race.repair('same').catch(() => undefined);
    race.crash = undefined;
    race.current = adds('b')(race.current);

    expect(await race.repair('same')).toMatchObject({ kind: 'written', write: { base: of('a') } });
  });

  test('writes, where its first write never came', async () => {
    const race = new Race(of('a'), []);
    race.crash = 'before the write';
    await race.repair('same').catch(() => undefined);
    race.crash = undefined;

    expect((await race.repair('same')).kind).toBe('written');
    expect(idsOf(race.current)).toEqual(['a', OWN_RULE_ID]);
  });
});

function isContended(error: unknown): void {
  if (error instanceof Error && error.name === 'LifecycleContendedError') return;
  throw error;
}

describe('bringBack()', () => {
  const write = (base: LifecycleConfiguration, written: LifecycleConfiguration): KnownWrite => ({
    writeId: 'w',
    readAtMs: 10_000,
    writtenAtMs: 12_000,
    base,
    written,
    overtaken: undefined,
  });
  const back = (
    current: LifecycleConfiguration,
    theirs: readonly LifecycleRule[],
    atMs = 11_000,
  ): LifecycleDecision =>
    bringBack(current, { atMs, rules: theirs }, [write(of('a'), of('a', OWN_RULE_ID))]).decision;

  test('writes the new form, as it may not stand beside the old one', () => {
    const old: LifecycleRule = {
      ID: 'b',
      Status: 'Enabled',
      Prefix: 'b/',
      Expiration: { Days: 7 },
    };

    const decision = back(of('a', OWN_RULE_ID), [rule('a'), old]);

    if (decision.kind !== 'write') throw new Error(decision.why);
    expect(decision.configuration?.rules.map(canonicalRule)).toEqual(
      [rule('a'), rule('b'), rule(OWN_RULE_ID)].map(canonicalRule),
    );
  });

  test('deletes the lifecycle where they did and nothing of ours is in it', () => {
    expect(back(of('a'), [])).toEqual({ kind: 'write', configuration: undefined });
  });

  test('carries the setting for small objects', () => {
    const current = { ...of('a'), minimumObjectSize: 'varies_by_storage_class' as const };

    expect(back(current, of('a', 'b').rules)).toMatchObject({
      configuration: { minimumObjectSize: 'varies_by_storage_class' },
    });
  });

  test('leaves what was put long before or after', () => {
    const theirs = of('b').rules;

    expect(back(of('a'), theirs, 13_000).kind).toBe('leave');
    expect(back(of('a'), theirs, 9_000 - PROPAGATION_MS - 1).kind).toBe('leave');
  });

  test('only adds where it was put before our read, which may have missed it', () => {
    expect(back(of('a', OWN_RULE_ID), of('b').rules, 5_000)).toMatchObject({
      configuration: { rules: [{ ID: 'a' }, { ID: 'b' }, { ID: OWN_RULE_ID }] },
    });
  });
});
