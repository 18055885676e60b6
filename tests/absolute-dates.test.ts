import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** Written here, not read from a clock: a date that is in the future of it comes one day. */
const REFERENCE = new Date('2026-12-01T00:00:00Z');
const FOLDERS = ['events', 'scenarios', 'rehearsal', 'docs', 'functions', 'statemachines', 'tests'];
const FILES = /\.(ts|json|ya?ml|md|mjs|sh|py)$/;
/** Numbers up to here are read as Unix seconds or milliseconds. */
const LATEST = new Date('2100-01-01T00:00:00Z');

/** Dates that may lie ahead, by file, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'tests/absolute-dates.test.ts': 'writes the reference itself',
  'tests/faketime.sh': 'names the days that it plays',
  'docs/well-architected.md': 'says by which day an open point is looked at',
  'docs/runbooks/audits.md': 'shows how a day until which a bucket is exempt is written',
  'functions/lifecycle/assessment/findings/exemption.ts': 'says to a person how a day is written',
};

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return FILES.test(entry.name) ? [path] : [];
  });
}

function datesAhead(text: string): readonly string[] {
  const dates = [...text.matchAll(/(?<!\d)20\d\d-[01]\d-[0-3]\d(?!\d)/g)]
    .map(([date]) => date)
    .filter((date) => Date.parse(date) > REFERENCE.getTime());
  const instants = [...text.matchAll(/(?<![\d.])(\d{10})(000|\d{3})?(?![\d.])/g)]
    .filter(([, seconds]) => {
      const ms = Number(seconds) * 1000;
      return ms > REFERENCE.getTime() && ms < LATEST.getTime();
    })
    .map(([instant]) => instant)
    .filter((instant) => !/0{8}$/.test(instant)); // a number as round is a size
  return [...dates, ...instants];
}

/** A test with a clock of its own may stand at any date: what counts is what people copy, and seeds. */
function isFixed(file: string): boolean {
  const hasOwnClock = /^(functions|statemachines|rehearsal)\/.*(\.test\.ts|test-[\w-]+\.ts)$/;
  return hasOwnClock.test(file) || file in EXCEPTIONS;
}

describe('dates that are written in files', () => {
  test('are never ahead of the reference', () => {
    const found = [...FOLDERS.flatMap(filesBelow), 'template.yaml', 'README.md']
      .filter((file) => !isFixed(file))
      .flatMap((file) => datesAhead(readFileSync(file, 'utf8')).map((date) => `${file}: ${date}`));
    expect(found).toEqual([]);
  });

  test('are found as dates, seconds and milliseconds', () => {
    const text =
      'a 2027-06-01T00:00Z, 2026-11-30, 1803200000, "1803200000123", 1700000000, 9876543210';
    expect(datesAhead(text)).toEqual(['2027-06-01', '1803200000', '1803200000123']);
  });
});
