import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { emitMetric } from '../../shared/emit-metric.ts';
import { requiredVariable } from '../../shared/environment.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { COST_EXPLORER_REGION, createAsk } from '../ask-cost-explorer.ts';
import { createCostCache } from '../cost-cache.ts';
import { withPeriod } from '../cost-query.ts';
import { fetchAnswer } from '../fetch-answer.ts';
import { FetchCostsSchema, MAX_PAGES_PER_CALL } from './fetch-costs.ts';

const cacheTable = requiredVariable('COST_CACHE_TABLE');
const ask = createAsk(new CostExplorerClient({ region: COST_EXPLORER_REGION }));

/** Fetches what of one answer is not kept yet, as far as one call goes. */
export const handler = taskHandler({
  input: FetchCostsSchema,
  correlationId: ({ reviewId }) => reviewId,
  run: async ({ query: asked, executionArn, refresh }) => {
    const query = withPeriod(asked, new Date().toISOString());
    const cache = createCostCache(cacheTable, executionArn);
    const counted: typeof ask = async (...question) => {
      const page = await ask(...question);
      const isCharged = page.answer.kind !== 'unavailable';
      if (isCharged) emitMetric('CostExplorerRequests', MetricUnit.Count, 1);
      return page;
    };
    const fetching = { ask: counted, cache, refresh, maxPages: MAX_PAGES_PER_CALL };
    const { paidRequests, isComplete } = await fetchAnswer(query, fetching);
    return { name: query.name, isRequired: query.isRequired, isComplete, paidRequests };
  },
});
