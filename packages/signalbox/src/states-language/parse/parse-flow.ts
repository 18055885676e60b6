import type { DataFlow } from '../ast.ts';
import { parseReferencePath, type ReferencePath } from '../jsonpath/reference-path.ts';
import type { Fields } from './fields.ts';
import { assignField, pathField, templateField } from './parse-template.ts';

/** The data fields that a state type has, beyond InputPath and OutputPath or Output and Assign. */
export interface FlowFields {
  /** JSONPath's Parameters. */
  readonly parameters?: boolean;
  /** JSONata's Arguments. */
  readonly arguments?: boolean;
  readonly resultSelector?: boolean;
  readonly resultPath?: boolean;
  readonly assign?: boolean;
  /** InputPath and OutputPath, or Output. */
  readonly inputOutput?: boolean;
}

/** Reads the data fields of a state in its query language. */
export function parseFlow(fields: Fields, has: FlowFields): DataFlow {
  const assign = has.assign ? assignField(fields) : undefined;
  if (fields.language === 'JSONata') {
    return {
      language: 'JSONata',
      arguments: has.arguments ? templateField(fields, 'Arguments') : undefined,
      output: has.inputOutput ? templateField(fields, 'Output') : undefined,
      assign,
    };
  }
  return {
    language: 'JSONPath',
    inputPath: has.inputOutput ? pathField(fields, 'InputPath') : undefined,
    parameters: has.parameters ? templateField(fields, 'Parameters') : undefined,
    resultSelector: has.resultSelector ? templateField(fields, 'ResultSelector') : undefined,
    resultPath: has.resultPath ? resultPathField(fields) : undefined,
    outputPath: has.inputOutput ? pathField(fields, 'OutputPath') : undefined,
    assign,
  };
}

/** Reads ResultPath; null where the field says null. */
export function resultPathField(fields: Fields): ReferencePath | null | undefined {
  const value = fields.value('ResultPath');
  if (value === undefined || value === null) return value;
  const path = typeof value === 'string' ? parseReferencePath(value) : undefined;
  if (path === undefined) {
    fields.diagnostics.schema('Value is not a Reference Path', fields.at('ResultPath'));
  }
  return path;
}
