/**
 * The names of the functions or tables that the input of a call names: of DynamoDB's batches and transactions
 * all of them. An ARN counts by its name.
 */
export function namedIn(service: string, input: object): readonly string[] {
  const members: Readonly<Record<string, unknown>> = { ...input };
  if (service === 'lambda') return texts(members['FunctionName']).map(functionName);
  const { TableName, RequestItems, TransactItems } = members;
  const batch = typeof RequestItems === 'object' && RequestItems !== null ? RequestItems : {};
  return [
    ...texts(TableName),
    ...Object.keys(batch),
    ...(Array.isArray(TransactItems) ? TransactItems.flatMap(tablesOfItem) : []),
  ].map(tableName);
}

function tablesOfItem(item: unknown): readonly string[] {
  if (typeof item !== 'object' || item === null) return [];
  return Object.values(item).flatMap((operation: unknown) =>
    typeof operation === 'object' && operation !== null && 'TableName' in operation
      ? texts(operation.TableName)
      : [],
  );
}

function texts(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : [];
}

function functionName(nameOrArn: string): string {
  const after = nameOrArn.split(':function:').at(-1) ?? nameOrArn;
  return after.split(':')[0] ?? after;
}

function tableName(nameOrArn: string): string {
  return nameOrArn.split(':table/').at(-1) ?? nameOrArn;
}
