import type { ConsolePage } from 'signalbox';
import { approvalsPage } from './approvals.ts';
import { auditsPage } from './audits.ts';
import { costsPage } from './costs.ts';
import { failoversPage } from './failovers.ts';

/** The pages of operations in the console. */
export const operationsPages: readonly ConsolePage[] = [
  approvalsPage,
  failoversPage,
  auditsPage,
  costsPage,
];
