import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { requiredVariable } from '../../shared/environment.ts';
import { logger } from '../../shared/logger.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import type { CostAnswer } from '../cost-answer.ts';
import { createCostCache } from '../cost-cache.ts';
import { readAnswer } from '../fetch-answer.ts';
import { type CostReport, createReport } from '../report/cost-report.ts';
import { reportCsv } from '../report/to-csv.ts';
import { reportJson } from '../report/to-json.ts';
import { reportMarkdown } from '../report/to-markdown.ts';
import {
  type BuildReport,
  BuildReportSchema,
  readReportOptions,
  reportKeyOf,
  summaryOf,
  withDays,
} from './build-report.ts';

const cacheTable = requiredVariable('COST_CACHE_TABLE');
const reportsBucket = requiredVariable('REPORTS_BUCKET');
const setting = readReportOptions({
  currency: requiredVariable('COST_CURRENCY'),
  thresholdAmount: requiredVariable('COST_THRESHOLD_AMOUNT'),
  thresholdPercent: requiredVariable('COST_THRESHOLD_PERCENT'),
  budget: requiredVariable('COST_BUDGET'),
  normaliseDays: requiredVariable('COST_NORMALISE_DAYS'),
});
const s3 = new S3Client({});

/** Compares what was fetched, and writes the report. */
export const handler = taskHandler({
  input: BuildReportSchema,
  correlationId: ({ review }) => review.reviewId,
  run: async (input) => {
    const build = withDays(input, new Date().toISOString());
    const report = createReport(build.review, await readAnswers(build), setting);
    const key = reportKeyOf(build.review.reviewId);
    await writeReport(report, key);
    const summary = summaryOf(report, key);
    logger.info('Cost report written', { key, breaches: summary.breaches });
    return { summary };
  },
});

async function readAnswers({
  review,
  queries,
  failed,
  executionArn,
}: BuildReport): Promise<ReadonlyMap<string, CostAnswer>> {
  const cache = createCostCache(cacheTable, executionArn);
  const errors = new Map(failed.map(({ name, error }) => [name, error]));
  const answers = await Promise.all(
    queries.map(async (query): Promise<[string, CostAnswer]> => {
      const error = errors.get(query.name);
      const answer: CostAnswer =
        error === undefined
          ? await readAnswer(query, cache, review.refresh)
          : { kind: 'unavailable', reason: error };
      return [query.name, answer];
    }),
  );
  return new Map(answers);
}

/** Writes the same report under the same keys, however often it is tried. */
async function writeReport(report: CostReport, key: string): Promise<void> {
  const files: readonly (readonly [string, string, string])[] = [
    ['json', 'application/json', JSON.stringify(reportJson(report), null, 2)],
    ['csv', 'text/csv; charset=utf-8', reportCsv(report)],
    ['md', 'text/markdown; charset=utf-8', reportMarkdown(report)],
  ];
  await Promise.all(
    files.map(([ending, contentType, body]) =>
      s3.send(
        new PutObjectCommand({
          Bucket: reportsBucket,
          Key: `${key}.${ending}`,
          Body: body,
          ContentType: contentType,
        }),
      ),
    ),
  );
}
