/**
 * Says what DynamoDB refuses of a Scan or Query and dynalite takes.
 * @returns DynamoDB's sentence, or undefined where the input fits.
 */
export function wrongRead(
  action: 'query' | 'scan',
  input: Readonly<Record<string, unknown>>,
): string | undefined {
  const sentence = wrongSelect(input);
  // Recorded on AWS: only Query counts it.
  if (sentence !== undefined)
    return action === 'query' ? `1 validation error detected: ${sentence}` : sentence;
  if (action === 'query' || input['Segment'] === undefined) return undefined;
  return input['TotalSegments'] === undefined
    ? 'The TotalSegments parameter is required but was not present in the request when Segment parameter is present'
    : undefined;
}

function wrongSelect(input: Readonly<Record<string, unknown>>): string | undefined {
  const { Select, IndexName } = input;
  const given = ['ProjectionExpression', 'AttributesToGet'].find(
    (name) => input[name] !== undefined,
  );
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && IndexName === undefined) {
    return 'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName';
  }
  if (Select === undefined) return undefined;
  if (Select !== 'SPECIFIC_ATTRIBUTES') {
    const chosen = Select === 'COUNT' ? 'only the Count' : String(Select);
    return given && `Cannot specify the ${given} when choosing to get ${chosen}`;
  }
  return given === undefined
    ? 'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES'
    : undefined;
}
