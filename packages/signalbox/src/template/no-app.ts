import type { AccountRegion } from '../core/account-region.ts';
import type { App } from './app.ts';
import { assemble } from './assemble.ts';
import { Report } from './report.ts';

/** The app of a Region in which nothing is deployed: no resource, and a stack without a name. */
export function noApp({ region, accountId }: AccountRegion): App {
  return {
    ...assemble([], new Report(false)),
    stackName: '',
    stackId: '',
    region,
    accountId,
    parameters: {},
    outputs: {},
    nestedStacks: [],
    resources: [],
    sources: [],
    remarks: [],
  };
}
