import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseAllDocuments, type ScalarTag } from 'yaml';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../src/core/json.ts';
import { filesBelow } from '../files-below.ts';

/** A definition of somebody's, with its placeholders. */
export interface FoundDefinition {
  /** The file, relative to the folder, with a number where it has several. */
  readonly name: string;
  readonly definition: JsonObject;
  /** Its type where a template says so. */
  readonly type: 'STANDARD' | 'EXPRESS';
}

const NAME = /\.(ya?ml|json|asl|template|tftpl)$/;

/** Finds the definitions below a folder: files of their own, and those inside of templates. */
export function findDefinitions(folder: string): readonly FoundDefinition[] {
  return filesBelow(folder, NAME).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    if (!/\bStartAt\b/.test(text)) return [];
    const found = documentsOf(text).flatMap((document) => definitionsIn(document));
    return found.map(({ definition, type }, at) => {
      const number = found.length > 1 ? `#${at + 1}` : '';
      return { name: `${relative(folder, file)}${number}`, definition, type };
    });
  });
}

/** JSON as it stands, else YAML with CloudFormation's tags; what is neither has no definitions. */
function documentsOf(text: string): readonly Json[] {
  const json = parseJson(text);
  if (json !== undefined) return [json];
  try {
    return parseAllDocuments(text, { customTags: TAGS, logLevel: 'silent' })
      .filter(({ errors }) => errors.length === 0)
      .map((document): Json => document.toJSON());
  } catch {
    return [];
  }
}

/** A tag of CloudFormation names something: it becomes a placeholder of that name. */
const TAGS: ScalarTag[] = [
  ...['!GetAtt', '!Ref', '!ImportValue'].map((tag) => ({
    tag,
    resolve: (text: string) => `\${${text}}`,
  })),
  { tag: '!Sub', resolve: (text: string) => text },
];

/** The outermost definitions in a document; a text that is one counts as well. */
function definitionsIn(
  value: Json,
  type: FoundDefinition['type'] = 'STANDARD',
): readonly Omit<FoundDefinition, 'name'>[] {
  if (typeof value === 'string') {
    const parsed = /^\s*\{[\s\S]*"StartAt"/.test(value) ? parseJson(value) : undefined;
    return parsed === undefined ? [] : definitionsIn(parsed, type);
  }
  if (Array.isArray(value)) return value.flatMap((item: Json) => definitionsIn(item, type));
  if (!isJsonObject(value)) return [];
  if (typeof value['StartAt'] === 'string' && isJsonObject(value['States'])) {
    return [{ definition: value, type }];
  }
  const { Type: own, StateMachineType: other } = value;
  const inner = own === 'EXPRESS' || other === 'EXPRESS' ? 'EXPRESS' : type;
  return Object.values(value).flatMap((member) => definitionsIn(member, inner));
}
