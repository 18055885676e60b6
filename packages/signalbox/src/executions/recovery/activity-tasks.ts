import type { KeptMaps } from '../../core/kept-maps.ts';
import { unlessFull } from '../../core/unless-full.ts';
import type { TaskTokens } from '../task-tokens.ts';

/** The tokens of activities' tasks, which no history has. */
export interface ActivityTasks {
  /** Returns the token of a task: that of an earlier process where it has begun the same, else a new one. */
  begin(executionArn: string, activityArn: string, input: string): string;
  end(token: string): void;
}

interface KeptTask {
  readonly executionArn: string;
  readonly activityArn: string;
  readonly input: string;
}

/** Opens the tokens, with those that an earlier process has left. */
export function createActivityTasks(maps: KeptMaps, tokens: TaskTokens): ActivityTasks {
  const kept = maps.map<KeptTask>('states/activity-tasks');
  const left = new Map(kept);
  return {
    begin(executionArn, activityArn, input) {
      const [earlier] = [...left].find(
        ([, task]) =>
          task.executionArn === executionArn &&
          task.activityArn === activityArn &&
          task.input === input,
      ) ?? [undefined];
      if (earlier !== undefined) {
        left.delete(earlier);
        tokens.reopen(earlier);
        return earlier;
      }
      const token = tokens.issue(executionArn);
      unlessFull(() => kept.set(token, { executionArn, activityArn, input }));
      return token;
    },
    end: (token) => unlessFull(() => kept.delete(token)),
  };
}
