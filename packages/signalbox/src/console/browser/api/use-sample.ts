import type { FoundSample } from '../../server/samples.ts';
import { ask } from './call.ts';
import { type Answer, useAnswer } from './use-answer.ts';

/** What an example is wanted for. */
export type SampleOf = { readonly functionName: string } | { readonly stateMachineArn: string };

/** Asks for the project's example of what a function or a workflow is given. */
export function useSample(of: SampleOf): Answer<{ readonly sample?: FoundSample }> {
  return useAnswer(`sample ${JSON.stringify(of)}`, () => ask('sample', of));
}
