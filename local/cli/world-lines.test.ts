import { describe, expect, test } from '@jest/globals';
import { worldLines } from './world-lines.ts';

describe('worldLines()', () => {
  test('lays things out as rows, with a column for whatever one of them has', () => {
    const groups = {
      'web-tier': { desired: 2, maxSize: 6, zones: ['a', 'b'] },
      batch: { desired: 0, suspended: 'Launch' },
    };
    expect(worldLines({ 'auto-scaling': groups })).toEqual([
      'auto-scaling',
      '  NAME      DESIRED  MAX SIZE  ZONES  SUSPENDED',
      '  web-tier  2        6         a, b   -',
      '  batch     0        -         -      Launch',
    ]);
  });

  test('gives what holds things of its own a heading', () => {
    const instances = [
      { id: 'web-data-1', role: 'writer' },
      { id: 'web-data-2', role: 'reader' },
    ];
    expect(
      worldLines({
        alarms: { healthy: true },
        rds: { 'web-data': { status: 'available', instances }, empty: { status: 'stopped' } },
      }),
    ).toEqual([
      'alarms',
      '  healthy: true',
      '',
      'rds',
      '  web-data',
      '    status: available',
      '    instances',
      '      ID          ROLE',
      '      web-data-1  writer',
      '      web-data-2  reader',
      '  empty',
      '    status: stopped',
    ]);
  });

  test('writes what is nested too deeply for a table on one line', () => {
    expect(worldLines({ health: { open: [{ service: 'RDS', at: { zone: 'a' } }] } })).toEqual([
      'health',
      '  open',
      '    SERVICE  AT',
      '    RDS      zone a',
    ]);
    expect(worldLines({ health: {}, s3: { list: [] } })).toEqual(['health', '', 's3', '  list: -']);
  });
});
