import { isDeepStrictEqual } from 'node:util';
import type {
  CreateStateMachineAliasInput,
  CreateStateMachineAliasOutput,
  DeleteStateMachineAliasInput,
  DeleteStateMachineAliasOutput,
  DescribeStateMachineAliasInput,
  DescribeStateMachineAliasOutput,
  ListStateMachineAliasesInput,
  ListStateMachineAliasesOutput,
  UpdateStateMachineAliasInput,
  UpdateStateMachineAliasOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { checkArn } from '../arns.ts';
import { checkLength, required } from '../members.ts';
import { page } from '../paging.ts';
import { conflict, resourceNotFound, serviceQuotaExceeded, validation } from '../refusals.ts';
import { readRoutes } from '../routes.ts';
import type { StatesContext } from '../states-context.ts';
import { type MachineAlias, machineArnOf } from '../versions.ts';

/** AWS: Step Functions quotas, "Published state machine aliases". */
const MAX_ALIASES = 100;

const MAX_NAME_LENGTH = 80;
const MAX_DESCRIPTION_LENGTH = 256;
const NAME = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/;

/** CreateStateMachineAlias: idempotent where all is the same. AWS: API_CreateStateMachineAlias. */
export function createStateMachineAlias(
  context: StatesContext,
  input: CreateStateMachineAliasInput,
): CreateStateMachineAliasOutput {
  const { clock, versions } = context;
  const name = required('name', input.name);
  const { description } = input;
  checkAliasName(name);
  checkLength('description', description, MAX_DESCRIPTION_LENGTH);
  const routes = readRoutes(context, input.routingConfiguration);
  const machineArn = machineArnOf(routes[0]?.stateMachineVersionArn ?? '');
  const arn = `${machineArn}:${name}`;
  context.machines.getActive(machineArn);
  const existing = versions.alias(arn);
  if (existing !== undefined) {
    const asked = { description, routes };
    const { description: known, routes: led } = existing;
    if (isDeepStrictEqual(asked, { description: known, routes: led })) {
      return { stateMachineAliasArn: arn, creationDate: existing.creationDate };
    }
    throw conflict(
      'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
    );
  }
  if (versions.aliasesOf(machineArn).length >= MAX_ALIASES) {
    throw serviceQuotaExceeded(
      `The maximum number of aliases (${MAX_ALIASES}) is reached for the state machine ${machineArn}`,
    );
  }
  const creationDate = clock.now();
  versions.putAlias({ arn, name, description, creationDate, updateDate: creationDate, routes });
  return { stateMachineAliasArn: arn, creationDate };
}

function checkAliasName(name: string): void {
  checkLength('name', name, MAX_NAME_LENGTH);
  if (NAME.test(name)) return;
  throw validation(
    `Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$`,
  );
}

/** UpdateStateMachineAlias: the next execution is led by it. */
export function updateStateMachineAlias(
  context: StatesContext,
  input: UpdateStateMachineAliasInput,
): UpdateStateMachineAliasOutput {
  const alias = findAlias(context, input.stateMachineAliasArn);
  const { description, routingConfiguration } = input;
  if (description === undefined && routingConfiguration === undefined) {
    throw new AwsError(
      'ValidationException',
      'Either the description or the RoutingConfiguration must be specified',
    );
  }
  checkLength('description', description, MAX_DESCRIPTION_LENGTH);
  const machineArn = machineArnOf(alias.arn);
  const routes =
    routingConfiguration === undefined
      ? alias.routes
      : readRoutes(context, routingConfiguration, machineArn);
  const updateDate = context.clock.now();
  context.versions.putAlias({
    ...alias,
    description: description ?? alias.description,
    routes,
    updateDate,
  });
  return { updateDate };
}

/** DescribeStateMachineAlias. */
export function describeStateMachineAlias(
  context: StatesContext,
  input: DescribeStateMachineAliasInput,
): DescribeStateMachineAliasOutput {
  const alias = findAlias(context, input.stateMachineAliasArn);
  const { arn, name, description, creationDate, updateDate, routes } = alias;
  return {
    stateMachineAliasArn: arn,
    name,
    ...(description === undefined ? {} : { description }),
    routingConfiguration: [...routes],
    creationDate,
    updateDate,
  };
}

/** ListStateMachineAliases: those of a machine, or those that lead to one version of it. */
export function listStateMachineAliases(
  { machines, versions }: StatesContext,
  input: ListStateMachineAliasesInput,
): ListStateMachineAliasesOutput {
  const asked = required('stateMachineArn', input.stateMachineArn);
  const { arn } = machines.get(machineArnOf(asked));
  const all = versions.aliasesOf(arn);
  const wanted =
    asked === arn
      ? all
      : all.filter(({ routes }) => routes.some((route) => route.stateMachineVersionArn === asked));
  const { items, ...next } = page('aliases', wanted, input);
  const stateMachineAliases = items.map((alias) => ({
    stateMachineAliasArn: alias.arn,
    creationDate: alias.creationDate,
  }));
  return { stateMachineAliases, ...next };
}

/** DeleteStateMachineAlias: what it leads to stays. */
export function deleteStateMachineAlias(
  context: StatesContext,
  input: DeleteStateMachineAliasInput,
): DeleteStateMachineAliasOutput {
  const arn = required('stateMachineAliasArn', input.stateMachineAliasArn);
  checkArn(arn, 'stateMachine');
  // AWS: deleting an alias that is not there succeeds.
  context.versions.removeAlias(arn);
  return {};
}

function findAlias({ versions }: StatesContext, aliasArn: string | undefined): MachineAlias {
  const arn = required('stateMachineAliasArn', aliasArn);
  checkArn(arn, 'stateMachine');
  const alias = versions.alias(arn);
  if (alias === undefined) throw resourceNotFound(arn);
  return alias;
}
