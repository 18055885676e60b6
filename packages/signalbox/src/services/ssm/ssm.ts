import type {
  DescribeParametersRequest,
  GetParameterRequest,
  GetParametersByPathRequest,
  GetParametersRequest,
  PutParameterRequest,
} from '@aws-sdk/client-ssm';
import type { Clock } from '../../core/clock.ts';
import type { KeptMaps } from '../../core/kept-maps.ts';
import { actions, type Service } from '../../core/service.ts';
import { ParameterStore } from './parameter-store.ts';
import { putParameter } from './put-parameter.ts';
import {
  describeParameters,
  getParameter,
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
