import type { GetExecutionHistoryOutput } from '@aws-sdk/client-sfn';
import { foldSteps } from '../../../../history/steps/fold-steps.ts';
import { type StateStatistics, statisticsOf } from '../../../../history/steps/statistics.ts';
import type { Step } from '../../../../history/steps/step.ts';
import { callAws } from '../../api/call.ts';

const AT_ONCE = 5;

/** Reads the first thousand events of each execution, and measures its states. */
export async function readStatistics(arns: readonly string[]): Promise<readonly StateStatistics[]> {
  const steps: Step[] = [];
  const left = [...arns];
  async function readNext(): Promise<void> {
    for (let arn = left.shift(); arn !== undefined; arn = left.shift()) {
      const input = { executionArn: arn, maxResults: 1000, includeExecutionData: false };
      const { events = [] } = await callAws<Partial<GetExecutionHistoryOutput>>(
        'states',
        'GetExecutionHistory',
        input,
      );
      steps.push(...foldSteps(events).steps);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, readNext));
  return statisticsOf(steps);
}
