import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { isJsonObject, type Json } from '../core/json.ts';
import type { Fault, SimulatedService } from '../core/simulated-service.ts';
import { invalid, UserError } from '../core/user-error.ts';
import { openSimulatedResources } from './simulated-resources.ts';

const FILE = 'simulated-resources.json';

let root: string;

/** A part that keeps its section and what is broken in it. */
function partOf(name: string, faultNames: readonly string[]): SimulatedService {
  const broken: string[] = [];
  let state: Json = null;
  const faultOf = (fault: string): Fault => ({
    summary: `Breaks ${fault}`,
    target: 'one of "a" and "b"',
    start(target = 'a') {
      if (target !== 'a' && target !== 'b') throw new UserError('usage', `No "${target}" here`);
      broken.push(`${fault}:${target}`);
      return `${fault} of ${target} is broken`;
    },
    end(target = 'a') {
      broken.splice(broken.indexOf(`${fault}:${target}`), 1);
      return `${fault} of ${target} is whole again`;
    },
  });
  return {
    name,
    seed(section) {
      if (isJsonObject(section) && section['bad'] !== undefined) {
        throw invalid([
          { path: `${name}.bad`, message: 'is bad' },
          { path: `${name}.bad.size`, message: 'is too large' },
        ]);
      }
      state = section;
      broken.splice(0);
    },
    show: () => ({ state, broken: [...broken] }),
    faults: Object.fromEntries(faultNames.map((fault) => [fault, faultOf(fault)])),
  };
}

function write(text: string): void {
  writeFileSync(join(root, FILE), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'signalbox-resources-'));
  write('{"rds":{"writer":1},"health":[]}');
});

const now = () => new Date('2026-01-05T10:00:00Z');

const open = () =>
  openSimulatedResources({ root, simulatedResources: FILE, now }, [
    partOf('rds', ['database', 'throttling']),
    partOf('health', ['throttling']),
  ]);

describe('openSimulatedResources()', () => {
  test('seeds with times that are relative to now', () => {
    write('{"rds":{"createdAt":"{{now-1d:date}}"},"health":[]}');
    expect(open().show('rds')).toMatchObject({ rds: { state: { createdAt: '2026-01-04' } } });
  });

  test('seeds each part with its section', () => {
    expect(open().show()).toEqual({
      rds: { state: { writer: 1 }, broken: [] },
      health: { state: [], broken: [] },
    });
    expect(open().show('health')).toEqual({ health: { state: [], broken: [] } });
    expect(open().show('s3')).toBeUndefined();
  });

  test('leaves a service without a section empty', () => {
    write('{"rds":{"writer":1}}');
    expect(open().show('health')).toEqual({ health: { state: {}, broken: [] } });
  });

  test('names every section that no service has', () => {
    write('{"rds":{},"s3":{},"sns":{}}');
    expect(open).toThrow(
      new UserError(
        'invalid',
        'simulated-resources.json:1: s3: no service has that name: there is rds, health\n' +
          'simulated-resources.json:1: sns: no service has that name: there is rds, health',
      ),
    );
  });

  test.each([
    ['{', /^simulated-resources\.json:1: Cannot read the JSON: Unexpected end-of-input/],
    ['[]', /^simulated-resources\.json: write an object of sections$/],
  ])('refuses %s', (text, message) => {
    write(text);
    expect(open).toThrow(message);
  });

  test('names all that is wrong in every section at once, each with its line', () => {
    write(
      '{\n  "rds": {\n    "bad": {\n      "size": 9 } },\n  "moon": {},\n  "health": { "bad": 1 }\n}',
    );
    expect(open).toThrow(
      new UserError(
        'invalid',
        [
          'simulated-resources.json:5: moon: no service has that name: there is rds, health',
          'simulated-resources.json:3: rds.bad: is bad',
          'simulated-resources.json:4: rds.bad.size: is too large',
          'simulated-resources.json:6: health.bad: is bad',
          'simulated-resources.json:6: health.bad.size: is too large',
        ].join('\n'),
      ),
    );
  });

  test('needs no file, but the one that is named', () => {
    root = '/nowhere';
    expect(open).toThrow('Cannot read simulated-resources.json: no such file');
    const simulatedResources = openSimulatedResources(
      { root, simulatedResources: undefined, now },
      [partOf('rds', [])],
    );
    expect(simulatedResources.show()).toEqual({ rds: { state: {}, broken: [] } });
  });
});

describe('simulated resources', () => {
  test('starts a fault and lists what it is aimed at', () => {
    const simulatedResources = open();

    expect(simulatedResources.start('database', 'b')).toBe('database of b is broken');
    expect(simulatedResources.start('health.throttling', undefined)).toBe(
      'throttling of a is broken',
    );

    expect(simulatedResources.faults()).toEqual([
      {
        name: 'database',
        part: 'rds',
        summary: 'Breaks database',
        target: 'one of "a" and "b"',
        on: ['b'],
      },
      expect.objectContaining({ name: 'rds.throttling', on: [] }),
      expect.objectContaining({ name: 'health.throttling', on: [''] }),
    ]);
  });

  test('ends a fault on its target, or on all that it was aimed at', () => {
    const simulatedResources = open();
    for (const target of ['a', 'b', 'a']) simulatedResources.start('database', target);

    expect(simulatedResources.end('database', 'b')).toBe('database of b is whole again');
    expect(simulatedResources.end('database', undefined)).toBe('database of a is whole again');
    expect(simulatedResources.faults()[0]).toMatchObject({ on: [] });
  });

  test('says where a fault is unknown, shared by two parts, or refused', () => {
    const simulatedResources = open();
    expect(simulatedResources.start('flood', undefined)).toBeUndefined();
    expect(simulatedResources.end('flood', undefined)).toBeUndefined();
    expect(() => simulatedResources.start('throttling', undefined)).toThrow(
      'More than one part has the fault "throttling": write rds.throttling or health.throttling',
    );
    expect(() => simulatedResources.start('database', 'z')).toThrow('No "z" here');
    expect(simulatedResources.faults()[0]).toMatchObject({ on: [] });
  });

  test('begins again as the file says now', () => {
    const simulatedResources = open();
    simulatedResources.start('database', 'a');
    write('{"rds":{"writer":2},"health":[]}');

    simulatedResources.reset();

    expect(simulatedResources.show('rds')).toEqual({ rds: { state: { writer: 2 }, broken: [] } });
    expect(simulatedResources.faults()[0]).toMatchObject({ on: [] });
  });
  test('begins again in some parts, and leaves the others', () => {
    const simulatedResources = open();
    simulatedResources.start('database', 'a');
    simulatedResources.start('health.throttling', 'b');

    simulatedResources.reset(['rds']);

    expect(simulatedResources.show()).toMatchObject({
      rds: { broken: [] },
      health: { broken: ['throttling:b'] },
    });
    expect(simulatedResources.faults().map(({ on }) => on)).toEqual([[], [], ['b']]);
    expect(() => simulatedResources.reset(['s3'])).toThrow(
      'No part "s3" of the simulated resources: there is rds, health',
    );
  });
});
