import type { Ask } from '../../functions/costs/ask-cost-explorer.ts';
import type { CostAnswer } from '../../functions/costs/cost-answer.ts';
import type { CostQuery } from '../../functions/costs/cost-query.ts';
import {
  type AnswerCache,
  fetchAnswer,
  type KeptPage,
  readAnswer,
} from '../../functions/costs/fetch-answer.ts';
import { type CostReview, queriesOf } from '../../functions/costs/review-plan.ts';

/** Pages that one answer may have here. */
const MAX_PAGES = 200;

/**
 * Asks all of a review's questions, one after the other, as Cost Explorer throttles soon. What the
 * review can do without is left out where it fails, with the reason.
 * @throws {Error} The SDK's own, where the costs themselves cannot be had.
 */
export async function readAnswers(review: CostReview, ask: Ask) {
  const cache = createMemoryCache();
  const answers = new Map<string, CostAnswer>();
  let paidRequests = 0;
  for (const query of queriesOf(review)) {
    try {
      const fetched = await fetchAnswer(query, { ask, cache, refresh: true, maxPages: MAX_PAGES });
      paidRequests += fetched.paidRequests;
      answers.set(query.name, await readAnswer(query, cache, true));
    } catch (error) {
      if (query.isRequired) throw error instanceof Error && error.cause ? error.cause : error;
      answers.set(query.name, { kind: 'unavailable', reason: reasonOf(error) });
    }
  }
  return { answers, paidRequests };
}

/** Keeps pages as long as the command runs, and no months. */
function createMemoryCache(): AnswerCache {
  const pages = new Map<string, KeptPage[]>();
  const pagesOf = ({ name }: CostQuery): KeptPage[] => pages.get(name) ?? [];
  return {
    readMonths: async () => [],
    putMonth: async () => undefined,
    readPages: async (query) => pagesOf(query),
    async putPage(query, index, page) {
      pages.set(query.name, [...pagesOf(query).slice(0, index), page]);
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
