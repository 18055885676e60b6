import { readFileSync } from 'node:fs';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import type { ComplianceChange } from '../non-compliant-table.ts';
import type { Announcement } from '../report/announcement.ts';
import { announce, entryOf } from './announce-findings.ts';

const place = { accountId: '123456789012', bucket: 'logs', region: 'us-east-1' };
const newly: Announcement = {
  kind: 'newly',
  ...place,
  since: '2026-11-22T03:00:00Z',
  findings: [{ code: 'TRANSITION_MISSING', severity: 'high', sentence: 'None.' }],
  monthlyMicroDollars: 5,
  proposalKey: 'p.json',
};
const request = { auditId: 'a1', from: 0 };

class FakeAnnouncePorts {
  readonly batches: number[] = [];
  readonly kept: (readonly ComplianceChange[])[] = [];
  readonly released: (readonly [string, number])[] = [];
  timeFor = 100;
  fails = false;

  async putEvents(entries: readonly PutEventsRequestEntry[]): Promise<void> {
    if (this.fails) throw new Error('BusUnavailableError');
    this.batches.push(entries.length);
  }

  async keep(changes: readonly ComplianceChange[]): Promise<void> {
    this.kept.push(changes);
  }

  async release(key: string, restoredAtMs: number): Promise<void> {
    this.released.push([key, restoredAtMs]);
  }

  hasTime(): boolean {
    this.timeFor -= 1;
    return this.timeFor > 0;
  }
}

describe('announce()', () => {
  test('says ten at a time, and remembers each', async () => {
    const ports = new FakeAnnouncePorts();
    const many = Array.from({ length: 23 }, (_, index) => ({ ...newly, bucket: `b${index}` }));

    expect(await announce(many, request, 'bus', ports)).toBe(23);
    expect(ports.batches).toEqual([10, 10, 3]);
    expect(ports.kept.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(ports.kept[0]?.[0]).toEqual({ key: '123456789012/b0', since: newly.since });
  });

  test('gets on by ten at least, and stops when the time is over', async () => {
    const ports = new FakeAnnouncePorts();
    ports.timeFor = 0;
    const many = Array.from({ length: 23 }, () => newly);

    expect(await announce(many, request, 'bus', ports)).toBe(10);
    expect(await announce(many, { ...request, from: 20 }, 'bus', ports)).toBe(23);
  });

  test('remembers nothing that it could not say', async () => {
    const ports = new FakeAnnouncePorts();
    ports.fails = true;

    await expect(announce([newly], request, 'bus', ports)).rejects.toThrow('BusUnavailable');
    expect(ports.kept).toEqual([]);
  });

  test('lets a tag count again without a word', async () => {
    const ports = new FakeAnnouncePorts();

    await announce([{ kind: 'released', ...place, restoredAtMs: 5 }], request, 'bus', ports);

    expect([ports.batches, ports.released]).toEqual([[], [['123456789012/logs', 5]]]);
  });

  test('forgets what is resolved without a word', async () => {
    const ports = new FakeAnnouncePorts();

    await announce([{ kind: 'resolved', ...place }], request, 'bus', ports);

    expect([ports.batches, ports.kept]).toEqual([
      [],
      [[{ key: '123456789012/logs', since: undefined }]],
    ]);
  });
});

describe('entryOf()', () => {
  test.each([
    [newly, 'bucket-became-non-compliant'],
    [{ kind: 'repair' as const, ...place }, 'repair-requested'],
  ])('keeps the contract: %j', (announcement, name) => {
    const entry = entryOf(announcement, 'a1', 'bus');
    const schema = JSON.parse(readFileSync(`events/lifecycle/${name}.schema.json`, 'utf8'));
    const validate = new Ajv().compile(schema);

    validate({
      'detail-type': entry?.DetailType,
      source: entry?.Source,
      detail: JSON.parse(entry?.Detail ?? ''),
    });

    expect(validate.errors).toBeNull();
  });
});
