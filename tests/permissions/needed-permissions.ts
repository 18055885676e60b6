import type { CallRecord } from '../../packages/signalbox/src/endpoint/registry.ts';
import type { App } from '../../packages/signalbox/src/template/app.ts';
import { operationPermissions } from './operation-permissions.ts';
import type { Permission } from './permission.ts';

/** The permissions that a call needs (Service Authorization Reference), for the services that functions and workflows call. */
export function neededPermissions(call: CallRecord, app: App): readonly Permission[] {
  return operationPermissions(call, app) ?? orderPermissions(call, app);
}

function orderPermissions({ service, action, input }: CallRecord, app: App): readonly Permission[] {
  const text = (key: string): string =>
    String(Object.entries(input).find(([name]) => name === key)?.[1]);
  const need = (resource: string | undefined, name = action) => [
    { action: `${service}:${name}`, resource },
  ];
  switch (service) {
    case 'dynamodb':
      if ('RequestItems' in input) return ofBatch(input.RequestItems, app, `${service}:${action}`);
      return 'TransactItems' in input
        ? ofTransaction(input.TransactItems, app)
        : need(tableOf(input, app));
    case 'sqs':
      // A batch needs what its single action needs; Lambda's poller knows the URL of its queue.
      return action === 'GetQueueUrl'
        ? []
        : need(queueOf(input, app), action.replace(/Batch$/, ''));
    case 'sns':
      return need(text('TopicArn'));
    case 'events':
      return ofEntries(input, app).map((resource) => ({ action: 'events:PutEvents', resource }));
    case 'states':
      return need('stateMachineArn' in input ? text('stateMachineArn') : undefined);
    case 'lambda':
      return need(text('FunctionName'), 'InvokeFunction');
    case 'secretsmanager':
      return need(text('SecretId'));
    case 'rds-data':
      // The Data API reads the cluster's secret in the caller's name.
      return [
        ...need(text('resourceArn')),
        { action: 'secretsmanager:GetSecretValue', resource: text('secretArn') },
      ];
    default:
      throw new RangeError(`Say here what ${service}:${action} needs`);
  }
}

/** Returns whether one of a role's statements, in IAM's own words, allows it; there are no Deny statements. */
export function isAllowed(
  { action, resource }: Permission,
  statements: readonly unknown[],
): boolean {
  return statements.some(
    (statement) =>
      fits(action, valuesOf(statement, 'Action')) &&
      (resource === undefined || fits(resource, valuesOf(statement, 'Resource'))),
  );
}

function fits(value: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(value);
  });
}

function valuesOf(statement: unknown, key: string): readonly string[] {
  const found = Object.entries(statement ?? {}).find(([name]) => name === key)?.[1];
  return [found].flat().map(String);
}

function queueOf(input: object, app: App): string {
  const { QueueUrl } = { QueueUrl: '', ...input };
  return app.queues.find(({ url }) => url === QueueUrl)?.arn ?? QueueUrl;
}

function tableOf(input: object, app: App): string | undefined {
  const { TableName, IndexName } = { TableName: '', IndexName: undefined, ...input };
  const arn = app.tables.find(({ name }) => name === TableName)?.arn ?? TableName;
  return IndexName === undefined ? arn : `${arn}/index/${String(IndexName)}`;
}

function ofBatch(items: unknown, app: App, action: string): readonly Permission[] {
  return Object.keys(items ?? {}).map((TableName) => ({
    action,
    resource: tableOf({ TableName }, app),
  }));
}

function ofTransaction(items: unknown, app: App): readonly Permission[] {
  return [items]
    .flat()
    .flatMap((item) =>
      Object.entries(item ?? {}).flatMap(([kind, operation]) =>
        typeof operation === 'object' && operation !== null
          ? [{ action: `dynamodb:${TRANSACTION_ACTIONS[kind]}`, resource: tableOf(operation, app) }]
          : [],
      ),
    );
}

const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

function ofEntries(input: object, app: App): readonly string[] {
  const entries = 'Entries' in input ? [input.Entries].flat() : [];
  return entries.map((entry) => {
    const { EventBusName = 'default' } = { EventBusName: undefined, ...Object(entry) };
    return (
      app.eventBuses.find(({ name, arn }) => [name, arn].includes(EventBusName))?.arn ??
      EventBusName
    );
  });
}
