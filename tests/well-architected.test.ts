import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const FILE = 'docs/well-architected.md';
const text = readFileSync(FILE, 'utf8');
const [pillars = '', open = ''] = text.split('## Open points');
const rowsOf = (part: string): readonly string[] =>
  part.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| question |'));

test('each pillar is held against the platform, and each answer has evidence that is there', () => {
  expect([...pillars.matchAll(/^## (.+)$/gm)].map(([, name]) => name)).toEqual([
    'Operational excellence',
    'Security',
    'Reliability',
    'Performance efficiency',
    'Cost optimisation',
    'Sustainability',
  ]);
  for (const row of rowsOf(pillars)) {
    const links = [...row.matchAll(/\]\(([^)#]+)/g)].map(([, path = '']) => join('docs', path));
    expect({
      row,
      links: links.length,
      missing: links.filter((path) => !existsSync(path)),
    }).toEqual({
      row,
      links: expect.any(Number),
      missing: [],
    });
    expect(links.length).toBeGreaterThan(0);
  }
});

test('each open point has a day by which it is looked at', () => {
  const rows = rowsOf(open).filter((row) => !row.startsWith('| pillar |'));

  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row).toMatch(/\| \d{4}-\d\d-\d\d \|$/);
});
