import type { Clock } from '../clock.ts';
import type { HistoryStore } from '../history/store.ts';
import type { Activities } from './activities.ts';
import type { Place } from './arns.ts';
import type { DefinitionRules } from './definition.ts';
import type { Runner } from './runner.ts';
import type { StateMachines } from './state-machines.ts';
import type { Tags } from './tags.ts';
import type { TaskTokens } from './task-tokens.ts';

/** What the actions of the API work on. */
export interface StatesContext extends Place {
  readonly clock: Clock;
  readonly store: HistoryStore;
  readonly machines: StateMachines;
  readonly activities: Activities;
  readonly tokens: TaskTokens;
  readonly tags: Tags;
  readonly runner: Runner;
  readonly uuid: () => string;
  /** What a definition of the type is checked against. */
  readonly rulesFor: (type: 'STANDARD' | 'EXPRESS') => DefinitionRules;
}
