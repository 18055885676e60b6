import {
  type CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageResponse,
  GetCostForecastCommand,
  GetReservationCoverageCommand,
  GetReservationUtilizationCommand,
  GetSavingsPlansCoverageCommand,
  GetSavingsPlansUtilizationCommand,
  type GroupDefinition,
  type Metric,
  type MetricValue,
} from '@aws-sdk/client-cost-explorer';
import type { CostAnswer, GroupCost, PeriodCosts, Share } from './cost-answer.ts';
import type { CostMetric, CostQuery } from './cost-query.ts';
import { CostExplorerRefusedError, CostExplorerUnavailableError } from './errors.ts';
import { exactMoney, parseMoney } from './money.ts';

/** A page of an answer, and the token of the next one. */
export interface AnsweredPage {
  readonly answer: CostAnswer;
  readonly nextPageToken: string | undefined;
}

/**
 * Asks for one page, which costs $0.01 when it is answered. What Cost Explorer has no data for is an
 * answer too.
 * @throws {CostExplorerUnavailableError} When asking again may help.
 * @throws {CostExplorerRefusedError} When it does not.
 */
export type Ask = (query: CostQuery, nextPageToken: string | undefined) => Promise<AnsweredPage>;

/** The token is no longer good: the answer has to be asked for from its first page. */
export class PageTokenRefused extends Error {
  override readonly name = 'PageTokenRefused';
}

/** Cost Explorer's one Region in the aws partition, whatever the stack's own is. */
export const COST_EXPLORER_REGION = 'us-east-1';

/** Makes the asking of one client. */
export function createAsk(client: CostExplorerClient): Ask {
  return async (query, nextPageToken) => {
    try {
      return await QUESTIONS[query.kind](client, query, nextPageToken);
    } catch (error) {
      return { answer: unavailable(error), nextPageToken: undefined };
    }
  };
}

type Question = (
  client: CostExplorerClient,
  query: CostQuery,
  nextPageToken: string | undefined,
) => Promise<AnsweredPage>;

const QUESTIONS: Readonly<Record<CostQuery['kind'], Question>> = {
  async costs(client, query, nextPageToken) {
    const groupBy = query.groupBy.map(groupDefinition);
    const filter = filterOf(query);
    const response = await client.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: query.start, End: query.end },
        Granularity: 'MONTHLY',
        Metrics: [query.metric],
        ...(groupBy.length > 0 && { GroupBy: groupBy }),
        ...(filter !== undefined && { Filter: filter }),
        NextPageToken: nextPageToken,
      }),
    );
    return { answer: costsOf(response, query.metric), nextPageToken: response.NextPageToken };
  },

  async forecast(client, query) {
    const filter = filterOf(query);
    const { Total } = await client.send(
      new GetCostForecastCommand({
        TimePeriod: { Start: query.start, End: query.end },
        Granularity: 'MONTHLY',
        Metric: forecastMetric(query.metric),
        ...(filter !== undefined && { Filter: filter }),
      }),
    );
    const { Amount: amount = '0', Unit: currency = '' } = Total ?? {};
    return whole({ kind: 'forecast', amount, currency });
  },

  async 'reservation-coverage'(client, { start, end }) {
    const { CoveragesByTime = [] } = await client.send(
      new GetReservationCoverageCommand(monthly(start, end)),
    );
    const shares = CoveragesByTime.map(({ TimePeriod, Total }) =>
      share(
        TimePeriod,
        Total?.CoverageHours?.ReservedHours,
        Total?.CoverageHours?.TotalRunningHours,
      ),
    );
    return whole({ kind: 'shares', shares });
  },

  async 'reservation-utilization'(client, { start, end }) {
    const { UtilizationsByTime = [] } = await client.send(
      new GetReservationUtilizationCommand(monthly(start, end)),
    );
    const shares = UtilizationsByTime.map(({ TimePeriod, Total }) =>
      share(TimePeriod, Total?.TotalActualHours, Total?.PurchasedHours),
    );
    return whole({ kind: 'shares', shares });
  },

  async 'savings-plans-coverage'(client, { start, end }) {
    const { SavingsPlansCoverages = [] } = await client.send(
      new GetSavingsPlansCoverageCommand(monthly(start, end)),
    );
    const shares = SavingsPlansCoverages.map(({ TimePeriod, Coverage }) =>
      share(TimePeriod, Coverage?.SpendCoveredBySavingsPlans, Coverage?.TotalCost),
    );
    return whole({ kind: 'shares', shares });
  },

  async 'savings-plans-utilization'(client, { start, end }) {
    const { SavingsPlansUtilizationsByTime = [] } = await client.send(
      new GetSavingsPlansUtilizationCommand(monthly(start, end)),
    );
    const shares = SavingsPlansUtilizationsByTime.map(({ TimePeriod, Utilization }) =>
      share(TimePeriod, Utilization?.UsedCommitment, Utilization?.TotalCommitment),
    );
    return whole({ kind: 'shares', shares });
  },
};

/** Reads one page of costs: without groups it is the total, under no key. */
export function costsOf(response: GetCostAndUsageResponse, metric: CostMetric): CostAnswer {
  const { ResultsByTime = [], DimensionValueAttributes = [], GroupDefinitions = [] } = response;
  const isGrouped = GroupDefinitions.length > 0;
  const periods = ResultsByTime.map((result): PeriodCosts => {
    const { TimePeriod, Estimated, Groups = [], Total = {} } = result;
    const groups = isGrouped
      ? Groups.flatMap(({ Keys = [], Metrics = {} }) => costOf(Keys, Metrics[metric]))
      : costOf([], Total[metric]);
    const { Start: start = '', End: end = '' } = TimePeriod ?? {};
    return { start, end, isEstimated: Estimated === true, groups };
  });
  const labels = DimensionValueAttributes.map(({ Value = '', Attributes = {} }) => [
    Value,
    Attributes['description'] ?? Value,
  ]);
  return { kind: 'costs', periods, labels: Object.fromEntries(labels) };
}

function costOf(keys: readonly string[], value: MetricValue | undefined): GroupCost[] {
  if (value?.Amount === undefined) return [];
  const { Amount: amount, Unit: currency = '' } = value;
  return [{ keys: [...keys], currency, amount: exactMoney(parseMoney(amount)) }];
}

function groupDefinition(name: string): GroupDefinition {
  return name.startsWith('tag:')
    ? { Type: 'TAG', Key: name.slice('tag:'.length) }
    : { Type: 'DIMENSION', Key: name };
}

/** Makes the filter. AWS: `And` takes two operands or more, so one alone stands by itself. */
export function filterOf({ excludes, services }: CostQuery): Expression | undefined {
  const parts: Expression[] = [
    ...(excludes.length === 0
      ? []
      : [{ Not: { Dimensions: { Key: 'RECORD_TYPE' as const, Values: [...excludes] } } }]),
    ...(services.length === 0
      ? []
      : [{ Dimensions: { Key: 'SERVICE' as const, Values: [...services] } }]),
  ];
  return parts.length > 1 ? { And: parts } : parts[0];
}

const FORECAST_METRICS: Readonly<Record<CostMetric, Metric>> = {
  UnblendedCost: 'UNBLENDED_COST',
  BlendedCost: 'BLENDED_COST',
  AmortizedCost: 'AMORTIZED_COST',
  NetUnblendedCost: 'NET_UNBLENDED_COST',
  NetAmortizedCost: 'NET_AMORTIZED_COST',
};

function forecastMetric(metric: CostMetric): Metric {
  return FORECAST_METRICS[metric];
}

function monthly(Start: string, End: string) {
  return { TimePeriod: { Start, End }, Granularity: 'MONTHLY' as const };
}

function share(
  period: { readonly Start?: string | undefined; readonly End?: string | undefined } | undefined,
  part = '0',
  all = '0',
): Share {
  return { start: period?.Start ?? '', end: period?.End ?? '', part, whole: all };
}

function whole(answer: CostAnswer): AnsweredPage {
  return { answer, nextPageToken: undefined };
}

const TRY_AGAIN =
  /^(LimitExceededException|ThrottlingException|TooManyRequestsException|RequestTimeout|TimeoutError|InternalServer\w*|ServiceUnavailable\w*|NetworkingError|ECONN\w*)$/;

/** The answer that an error is. @throws {Error} Where it is none. */
function unavailable(error: unknown): CostAnswer {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'DataUnavailableException') return { kind: 'unavailable', reason: message };
  if (name === 'InvalidNextTokenException' || name === 'RequestChangedException') {
    throw new PageTokenRefused(message, { cause: error });
  }
  const said = `Cost Explorer: ${name}: ${message}`;
  if (TRY_AGAIN.test(name) || isServerFault(error)) {
    throw new CostExplorerUnavailableError(said, { cause: error });
  }
  throw new CostExplorerRefusedError(said, { cause: error });
}

function isServerFault(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && '$fault' in error && error.$fault === 'server'
  );
}
