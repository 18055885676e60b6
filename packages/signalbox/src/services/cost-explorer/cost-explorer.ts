import type {
  GetAnomaliesRequest,
  GetCostAndUsageRequest,
  GetCostForecastRequest,
  GetDimensionValuesRequest,
  GetReservationCoverageRequest,
  GetReservationUtilizationRequest,
  GetSavingsPlansCoverageRequest,
  GetSavingsPlansUtilizationRequest,
  GetTagsRequest,
} from '@aws-sdk/client-cost-explorer';
import type { Clock } from '../../core/clock.ts';
import { type Action, actions, type Service } from '../../core/service.ts';
import type { SimulatedService } from '../../core/simulated-service.ts';
import {
  getReservationCoverage,
  getReservationUtilization,
  getSavingsPlansCoverage,
  getSavingsPlansUtilization,
} from './commitments.ts';
import { wrongRegion } from './cost-explorer-errors.ts';
import { createCostFaults } from './cost-faults.ts';
import { CostStore } from './cost-store.ts';
import { getAnomalies } from './get-anomalies.ts';
import { getCostAndUsage } from './get-cost-and-usage.ts';
import { getCostForecast } from './get-cost-forecast.ts';
import { getDimensionValues, getTags } from './list-values.ts';
import { readCostsSection } from './read-costs-section.ts';

/** The one Region of the aws partition in which Cost Explorer responds. */
const REGION = 'us-east-1';

/** AWS Cost Explorer over bills in memory. */
export interface CostExplorer {
  readonly service: Service;
  readonly simulated: SimulatedService;
}

/** Makes Cost Explorer on a clock; without bills until its section is seeded. */
export function createCostExplorer({
  clock,
}: {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
}): CostExplorer {
  const store = new CostStore(clock);
  const faults = createCostFaults();
  const actions = Object.entries(actionsOn(store)).map(([name, run]): [string, Action] => [
    name,
    (input, caller) => {
      const { region = REGION } = caller;
      const refusal = region === REGION ? faults.refusal() : wrongRegion(region);
      try {
        if (refusal !== undefined) throw refusal;
        const response = run(input, caller);
        store.countServed(name);
        return response;
      } catch (error) {
        store.countRefused();
        throw error;
      }
    },
  ]);
  return {
    service: {
      name: 'ce',
      client: '@aws-sdk/client-cost-explorer',
      actions: Object.fromEntries(actions),
    },
    simulated: {
      name: 'costs',
      seed(section) {
        store.replace(readCostsSection(section, clock.now()));
        faults.mend();
      },
      show: () => store.show(),
      faults: faults.faults,
    },
  };
}

function actionsOn(store: CostStore): Readonly<Record<string, Action>> {
  return actions({
    GetCostAndUsage: (input: GetCostAndUsageRequest) => getCostAndUsage(store, input),
    GetCostForecast: (input: GetCostForecastRequest) => getCostForecast(store, input),
    GetDimensionValues: (input: GetDimensionValuesRequest) => getDimensionValues(store, input),
    GetTags: (input: GetTagsRequest) => getTags(store, input),
    GetReservationCoverage: (input: GetReservationCoverageRequest) =>
      getReservationCoverage(store, input),
    GetReservationUtilization: (input: GetReservationUtilizationRequest) =>
      getReservationUtilization(store, input),
    GetSavingsPlansCoverage: (input: GetSavingsPlansCoverageRequest) =>
      getSavingsPlansCoverage(store, input),
    GetSavingsPlansUtilization: (input: GetSavingsPlansUtilizationRequest) =>
      getSavingsPlansUtilization(store, input),
    GetAnomalies: (input: GetAnomaliesRequest) => getAnomalies(store, input),
  });
}
