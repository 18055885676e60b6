import type {
  AddTagsToResourceRequest,
  DeleteParameterRequest,
  DeleteParametersRequest,
  DescribeParametersRequest,
  GetParameterHistoryRequest,
  GetParameterRequest,
  GetParametersByPathRequest,
  GetParametersRequest,
  ListTagsForResourceRequest,
  PutParameterRequest,
  RemoveTagsFromResourceRequest,
} from '@aws-sdk/client-ssm';
import type { Clock } from '../../core/clock.ts';
import type { KeptMaps } from '../../core/kept-maps.ts';
import { actions, type Service } from '../../core/service.ts';
import { deleteParameter, deleteParameters } from './delete-parameters.ts';
import { ParameterStore } from './parameter-store.ts';
import { addTags, listTags, removeTags } from './parameter-tags.ts';
import { putParameter } from './put-parameter.ts';
import {
  describeParameters,
  getParameter,
  getParameterHistory,
  getParameters,
  getParametersByPath,
} from './read-parameters.ts';

/** The Parameter Store of AWS Systems Manager. */
export interface Ssm {
  readonly service: Service;
  /** Sets a parameter of the template; an equal value makes no new version. */
  createParameter(parameter: {
    readonly name: string;
    readonly type: 'String' | 'StringList';
    readonly value: string;
  }): void;
}

/** Makes the Parameter Store. */
export function createSsm(options: {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly maps?: KeptMaps;
}): Ssm {
  const store = new ParameterStore(options);
  const { clock } = options;
  return {
    service: {
      name: 'ssm',
      client: '@aws-sdk/client-ssm',
      actions: actions({
        GetParameter: (input: GetParameterRequest) => getParameter(store, input),
        GetParameters: (input: GetParametersRequest) => getParameters(store, input),
        GetParametersByPath: (input: GetParametersByPathRequest) =>
          getParametersByPath(store, input),
        DescribeParameters: (input: DescribeParametersRequest) => describeParameters(store, input),
        GetParameterHistory: (input: GetParameterHistoryRequest) =>
          getParameterHistory(store, input),
        DeleteParameter: (input: DeleteParameterRequest) => deleteParameter(store, input),
        DeleteParameters: (input: DeleteParametersRequest) => deleteParameters(store, input),
        AddTagsToResource: (input: AddTagsToResourceRequest) => addTags(store, input),
        RemoveTagsFromResource: (input: RemoveTagsFromResourceRequest) => removeTags(store, input),
        ListTagsForResource: (input: ListTagsForResourceRequest) => listTags(store, input),
        PutParameter: (input: PutParameterRequest) => putParameter(store, input, clock.now()),
      }),
    },
    createParameter({ name, type, value }) {
      if (store.find(name)?.value === value) return;
      const given = { description: undefined, dataType: 'text', changedAt: clock.now() };
      store.put({ name, type, value, ...given });
    },
  };
}
