import type { Ports, TaskRequest } from '../../states-language/ports.ts';
import type { TaskResult } from '../../states-language/task-result.ts';
import type { MockConfig, MockedExecution } from './mock-config.ts';

/** Lets the tasks of an execution return what its test case says; those that it does not name are run. */
export function mockedPorts(ports: Ports, mocks: MockConfig, mocked: MockedExecution): Ports {
  const byToken = new Map<string, TaskResult>();
  const resultOf = ({ stateName, retryCount }: TaskRequest): TaskResult | undefined =>
    mocks.resultOf(mocked, stateName, retryCount);
  return {
    ...ports,
    hasActivity: () => true,
    async invoke(request, signal) {
      const result = resultOf(request);
      if (result === undefined) return ports.invoke(request, signal);
      if (request.taskToken !== undefined) byToken.set(request.taskToken, result);
      return result;
    },
    async awaitToken(token, onHeartbeat, signal) {
      // The call that hands the token out comes first.
      await Promise.resolve();
      return byToken.get(token) ?? ports.awaitToken(token, onHeartbeat, signal);
    },
    async awaitJob(request, submitted, signal) {
      return resultOf(request) ?? ports.awaitJob(request, submitted, signal);
    },
    async performActivity(request, progress, signal) {
      const result = resultOf(request);
      if (result === undefined) return ports.performActivity(request, progress, signal);
      progress.started(undefined);
      return result;
    },
  };
}
