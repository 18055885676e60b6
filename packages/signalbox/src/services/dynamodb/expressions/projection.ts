import { addPath, type DocumentPath, nestedIn, readPath } from './document-path.ts';
import { createReferences, type ExpressionContext } from './expression-context.ts';
import { createProblems } from './expression-problems.ts';
import { ExpressionRefusal } from './expression-refusal.ts';
import { openExpression } from './token-reader.ts';

/** The kinds of problems of a projection, in the order in which DynamoDB names them. */
const KINDS = ['reserved', 'reference', 'pathOverlap', 'pathConflict'] as const;

/** What dynalite works with of a projection. */
export interface ParsedProjection {
  readonly paths: readonly DocumentPath[];
  /** The attributes of which a part is asked for, as keys. */
  readonly nestedPaths: Readonly<Record<string, true>>;
}

/**
 * Parses a projection into its paths.
 * @throws {ExpressionRefusal} When DynamoDB would refuse it.
 */
export function parseProjection(expression: string, context: ExpressionContext): ParsedProjection {
  const reader = openExpression(expression, new Set());
  const problems = createProblems<(typeof KINDS)[number]>();
  const kinds = { name: 'reference', value: 'reference' } as const;
  const references = createReferences(context, problems, kinds);
  const paths = reader.members(() => readPath(reader, references));
  reader.expectKind('end');
  const known: DocumentPath[] = [];
  for (const path of paths) addPath(known, path, problems);
  const refusal = problems.first(KINDS);
  if (refusal !== undefined) throw new ExpressionRefusal(refusal);
  return { paths, nestedPaths: nestedIn(paths) };
}
