import { describe, expect, test } from '@jest/globals';
import type { AuditReport } from './audit-report.ts';
import { reportMarkdown } from './markdown.ts';

const report: AuditReport = {
  version: 1,
  auditId: 'a1',
  scope: 'all buckets',
  policy: 'signalbox-default',
  startedAt: '2026-11-22T03:00:00Z',
  finishedAt: '2026-11-22T03:04:00Z',
  totals: {
    audited: 3,
    verdicts: { COMPLIANT: 1, NON_COMPLIANT: 1, EXEMPT: 0, UNKNOWN: 1 },
    findings: { TRANSITION_MISSING: 1 },
    unknown: { ACCESS_DENIED: 1 },
    regions: { 'us-east-1': 3 },
    monthlyMicroDollars: 22_500_000,
    oneOffMicroDollars: 60_000_000,
  },
  trend: { previous: undefined, newly: 1, resolved: 0 },
  unreadable: [{ accountId: '222222222222', reason: 'ACCESS_DENIED', sentence: 'Denied.' }],
  top: [
    {
      accountId: '123456789012',
      bucket: 'logs',
      region: 'us-east-1',
      monthlyMicroDollars: 22_500_000,
      breakEvenMonths: 3,
      codes: ['TRANSITION_MISSING'],
    },
  ],
  tables: ['buckets-1.csv'],
};

describe('reportMarkdown()', () => {
  test('says it all in tables', () => {
    const text = reportMarkdown(report);

    expect(text).toContain('| UNKNOWN | 1 |  |');
    expect(text).toContain('$22.50 a month at most, for $60.00 once');
    expect(text).toContain('| logs | us-east-1 | $22.50 | 3 months | TRANSITION_MISSING |');
    expect(text).toContain('- 222222222222: Denied.');
  });

  test('leaves out what there is not, and compares where there is something to', () => {
    const previous = { auditId: 'a0', finishedAt: report.startedAt, verdicts: { COMPLIANT: 2 } };
    const text = reportMarkdown({
      ...report,
      totals: { ...report.totals, findings: {}, unknown: {} },
      trend: { previous, newly: 0, resolved: 0 },
      unreadable: [],
      top: [],
    });

    expect(text).toContain('| COMPLIANT | 1 | 2 |');
    expect(text).not.toContain('##');
  });
});
