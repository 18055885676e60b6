import { describe, expect, test } from '@jest/globals';
import { resourceLines } from './resource-lines.ts';

describe('resourceLines()', () => {
  test('lays things out as rows, with a column for whatever one of them has', () => {
    const groups = {
      region: 'us-east-1',
      'web-tier': { desired: 2, maxSize: 6, zones: { a: 1, b: 1 } },
      batch: { desired: 0, suspended: ['Launch', 'Terminate'] },
    };
    expect(resourceLines({ 'auto-scaling': groups })).toEqual([
      'auto-scaling',
      '  region: us-east-1',
      '  NAME      DESIRED  MAX SIZE  ZONES     SUSPENDED',
      '  web-tier  2        6         a 1, b 1  -',
      '  batch     0        -         -         Launch, Terminate',
    ]);
  });

  test('gives what holds things of its own a heading', () => {
    const writer = { id: 'web-data-1', tier: 0 };
    const readers = [
      { id: 'web-data-2', tier: 1 },
      { id: 'web-data-3', tier: 2 },
    ];
    expect(
      resourceLines({
        alarms: { healthy: true },
        rds: { 'web-data': { status: 'available', writer, readers }, old: { status: 'stopped' } },
      }),
    ).toEqual([
      'alarms',
      '  healthy: true',
      '',
      'rds',
      '  web-data',
      '    status: available',
      '    writer: id web-data-1, tier 0',
      '    readers',
      '      ID          TIER',
      '      web-data-2  1',
      '      web-data-3  2',
      '  old: status stopped',
    ]);
  });

  test('gives each of many values a line', () => {
    const rules = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [`b${index}`, index]),
    );
    expect(resourceLines({ s3: { rules } }).slice(0, 4)).toEqual([
      's3',
      '  rules',
      '    b0: 0',
      '    b1: 1',
    ]);
  });

  test('writes what is nested too deeply for a table on one line', () => {
    expect(resourceLines({ health: { open: [{ service: 'RDS', at: { zone: 'a' } }] } })).toEqual([
      'health',
      '  open',
      '    SERVICE  AT',
      '    RDS      zone a',
    ]);
    expect(resourceLines({ health: {}, s3: { list: [], map: {} } })).toEqual([
      'health',
      '',
      's3',
      '  list: -',
      '  map: -',
    ]);
  });
});
