import { type Action, action, type Caller, type Service } from '../core/service.ts';
import {
  createActivity,
  deleteActivity,
  describeActivity,
  getActivityTask,
  listActivities,
} from './api/activities.ts';
import {
  createStateMachineAlias,
  deleteStateMachineAlias,
  describeStateMachineAlias,
  listStateMachineAliases,
  updateStateMachineAlias,
} from './api/aliases.ts';
import { describeExecution, listExecutions, stopExecution } from './api/executions.ts';
import { getExecutionHistory } from './api/get-execution-history.ts';
import { describeMapRun, listMapRuns, updateMapRun } from './api/map-runs.ts';
import { redriveExecution } from './api/redrive-execution.ts';
import { startExecution, startSyncExecution } from './api/start-execution.ts';
import {
  createStateMachine,
  deleteStateMachine,
  describeStateMachine,
  describeStateMachineForExecution,
  listStateMachines,
  updateStateMachine,
} from './api/state-machines.ts';
import { testState } from './api/state-testing.ts';
import { listTagsForResource, tagResource, untagResource } from './api/tags.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './api/task-results.ts';
import { validateStateMachineDefinition } from './api/validate-state-machine-definition.ts';
import {
  deleteStateMachineVersion,
  listStateMachineVersions,
  publishStateMachineVersion,
} from './api/versions.ts';
import type { StatesContext } from './states-context.ts';

type Run<Input> = (
  context: StatesContext,
  input: Input,
  caller: Caller,
) => object | Promise<object>;

/** Serves the Step Functions API. */
export function createStatesService(context: StatesContext): Service {
  const bind = <Input extends object>(run: Run<Input>): Action =>
    action((input: Input, caller) => run(context, input, caller));
  /** Binds an action whose effect is a history: it is refused while no history can be written. */
  const accept = <Input extends object>(run: Run<Input>): Action =>
    action((input: Input, caller) => {
      context.store.catchUp();
      return run(context, input, caller);
    });
  return {
    name: 'states',
    client: '@aws-sdk/client-sfn',
    actions: {
      CreateActivity: bind(createActivity),
      CreateStateMachine: bind(createStateMachine),
      CreateStateMachineAlias: bind(createStateMachineAlias),
      DeleteActivity: bind(deleteActivity),
      DeleteStateMachine: bind(deleteStateMachine),
      DeleteStateMachineAlias: bind(deleteStateMachineAlias),
      DeleteStateMachineVersion: bind(deleteStateMachineVersion),
      DescribeActivity: bind(describeActivity),
      DescribeExecution: bind(describeExecution),
      DescribeMapRun: bind(describeMapRun),
      DescribeStateMachine: bind(describeStateMachine),
      DescribeStateMachineAlias: bind(describeStateMachineAlias),
      DescribeStateMachineForExecution: bind(describeStateMachineForExecution),
      GetActivityTask: bind(getActivityTask),
      GetExecutionHistory: bind(getExecutionHistory),
      ListActivities: bind(listActivities),
      ListExecutions: bind(listExecutions),
      ListMapRuns: bind(listMapRuns),
      ListStateMachineAliases: bind(listStateMachineAliases),
      ListStateMachineVersions: bind(listStateMachineVersions),
      ListStateMachines: bind(listStateMachines),
      ListTagsForResource: bind(listTagsForResource),
      PublishStateMachineVersion: bind(publishStateMachineVersion),
      RedriveExecution: accept(redriveExecution),
      SendTaskFailure: accept(sendTaskFailure),
      SendTaskHeartbeat: bind(sendTaskHeartbeat),
      SendTaskSuccess: accept(sendTaskSuccess),
      StartExecution: accept(startExecution),
      StartSyncExecution: accept(startSyncExecution),
      StopExecution: accept(stopExecution),
      TagResource: bind(tagResource),
      TestState: bind(testState),
      UntagResource: bind(untagResource),
      UpdateMapRun: bind(updateMapRun),
      UpdateStateMachine: bind(updateStateMachine),
      UpdateStateMachineAlias: bind(updateStateMachineAlias),
      ValidateStateMachineDefinition: bind(validateStateMachineDefinition),
    },
    longPolls: ['GetActivityTask', 'StartSyncExecution', 'TestState'],
  };
}
