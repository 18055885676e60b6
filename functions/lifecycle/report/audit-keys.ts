/** The keys of an audit's parts in the reports' bucket. */
export const auditKeys = {
  /** The list of buckets, in parts of JSON lines. */
  buckets: (auditId: string) => `audits/${auditId}/buckets/`,
  bucketsPart: (auditId: string, part: number) =>
    `audits/${auditId}/buckets/${String(part).padStart(6, '0')}.jsonl`,
  /** The findings, in parts of JSON lines. */
  results: (auditId: string) => `audits/${auditId}/results/`,
  resultsPart: (auditId: string, batch: string) => `audits/${auditId}/results/${batch}.jsonl`,
  proposal: (auditId: string, accountId: string, bucket: string) =>
    `audits/${auditId}/proposals/${accountId}/${bucket}.json`,
  report: (auditId: string, extension: 'json' | 'md') => `audits/${auditId}/report.${extension}`,
  table: (auditId: string, part: number) => `audits/${auditId}/buckets-${part}.csv`,
  announcements: (auditId: string) => `audits/${auditId}/announcements.jsonl`,
} as const;
