import type { ScenarioExtension } from 'signalbox';
import { compensationFailures } from './compensation-failures.ts';
import { decide } from './decide.ts';
import { locksFree } from './locks-free.ts';
import { orders } from './orders.ts';
import { payments } from './payments.ts';
import { stock } from './stock.ts';

/** The fields that scenarios of this platform have beside those of the tool. */
export const scenarioFields: ScenarioExtension = {
  steps: { decide },
  expectations: { orders, stock, payments, compensationFailures, locksFree },
};
