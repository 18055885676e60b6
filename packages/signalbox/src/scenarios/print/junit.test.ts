import { describe, expect, test } from '@jest/globals';
import type { PlayedScenario } from '../play-all.ts';
import { junitReport } from './junit.ts';

function played(file: string, title: string, more: Partial<PlayedScenario> = {}): PlayedScenario {
  return {
    scenario: {
      ...{
        file,
        title,
        name: title,
        order: 1,
        workflow: undefined,
        reset: [],
        settings: {},
        steps: [],
      },
      expect: [],
    },
    ...{ result: undefined, differences: [], skipped: undefined, realMs: 1500, rehearsedMs: 0 },
    ...more,
  };
}

describe('junitReport()', () => {
  test('has a suite for each folder, with its counts, and a case for each scenario', () => {
    const report = junitReport([
      played('scenarios/orders/a.json', 'A'),
      played('scenarios/failover/b.json', 'B', { skipped: 'its wait would be real', realMs: 0 }),
      played('scenarios/orders/c.json', 'C', { differences: ['first', 'second'], realMs: 250 }),
    ]);

    expect(report.split('\n')).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites>',
      '  <testsuite name="scenarios/orders" tests="2" failures="1" errors="0" skipped="0" time="1.750">',
      '    <testcase name="A" classname="scenarios/orders/a.json" time="1.500"/>',
      '    <testcase name="C" classname="scenarios/orders/c.json" time="0.250">',
      '      <failure type="assertion" message="first">first&#10;second</failure>',
      '    </testcase>',
      '  </testsuite>',
      '  <testsuite name="scenarios/failover" tests="1" failures="0" errors="0" skipped="1" time="0.000">',
      '    <testcase name="B" classname="scenarios/failover/b.json" time="0.000">',
      '      <skipped message="its wait would be real"/>',
      '    </testcase>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ]);
  });

  test('escapes what XML takes for its own, and replaces what it cannot have', () => {
    const report = junitReport([
      played('scenarios/orders/a.json', 'A <b> & "c"', { differences: ['got \u0007 ]]> 😀'] }),
    ]);

    expect(report).toContain('name="A &lt;b&gt; &amp; &quot;c&quot;"');
    expect(report).toContain('>got \uFFFD ]]&gt; 😀</failure>');
  });
});
