import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isJsonObject, type JsonObject, parseJson } from '../core/json.ts';
import { bad, ok, type Result } from '../core/result.ts';

/** Folders and files that the tools of others write templates to; a folder with one of them is a project. */
export const GENERATED_TEMPLATES = [
  '.aws-sam/build/template.yaml',
  'cdk.out',
  '.serverless/cloudformation-template-update-stack.json',
] as const;

/** A template, and the name of its stack where whoever wrote it gave one. */
export interface StackTemplate {
  /** Relative to the project's root. */
  readonly file: string;
  readonly stackName: string | undefined;
}

/**
 * Finds the templates that `sam build`, `cdk synth` or `sls package` has left in a project.
 * @param root The project's root.
 * @returns One template a stack, that with state machines first; or why none can be chosen.
 */
export function generatedTemplates(root: string): Result<readonly StackTemplate[]> {
  const [built, cloud, packaged] = GENERATED_TEMPLATES;
  const one = (file: string) => ok([{ file, stackName: undefined }]);
  if (existsSync(join(root, built))) return one(built);
  if (existsSync(join(root, cloud))) return synthesized(root, cloud);
  return existsSync(join(root, packaged)) ? one(packaged) : ok([]);
}

/**
 * The stacks of a CDK app, or of one of its stages.
 * @param folder A cloud assembly, such as `cdk.out` or `cdk.out/assembly-Prod`, relative to the root.
 */
export function synthesized(root: string, folder: string): Result<readonly StackTemplate[]> {
  const artifacts = artifactsIn(join(root, folder, 'manifest.json'));
  const stages = artifacts.flatMap(({ type, properties }) => {
    const directory = type === 'cdk:cloud-assembly' ? properties['directoryName'] : undefined;
    return typeof directory === 'string' ? [posix.join(folder, directory)] : [];
  });
  const stacks = artifacts.flatMap((artifact) => stackOf(artifact, folder));
  const [stage, other] = stages;
  if (stacks.length === 0 && stage !== undefined) {
    if (other === undefined) return synthesized(root, stage);
    const message = `${folder} has several stages: name one with --template, such as ${stages.join(' or ')}`;
    return bad({ message });
  }
  const found = stacks.length > 0 ? stacks : templatesIn(root, folder);
  return ok([...found].sort((a, b) => rank(root, a) - rank(root, b)));
}

interface Artifact {
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/** What the manifest of a cloud assembly lists; nothing where there is none. */
function artifactsIn(manifest: string): readonly Artifact[] {
  if (!existsSync(manifest)) return [];
  const json = parseJson(readFileSync(manifest, 'utf8'));
  const artifacts = isJsonObject(json) ? json['artifacts'] : undefined;
  if (!isJsonObject(artifacts)) return [];
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (!isJsonObject(artifact)) return [];
    const { type, properties } = artifact;
    return [{ id, type: String(type), properties: isJsonObject(properties) ? properties : {} }];
  });
}

function stackOf({ id, type, properties }: Artifact, folder: string): readonly StackTemplate[] {
  const { templateFile, stackName } = properties;
  if (type !== 'aws:cloudformation:stack' || typeof templateFile !== 'string') return [];
  const name = typeof stackName === 'string' ? stackName : id;
  return [{ file: posix.join(folder, templateFile), stackName: name }];
}

/** Without a manifest every template is a stack, but those that others nest. */
function templatesIn(root: string, folder: string): readonly StackTemplate[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.template.json') && !name.endsWith('.nested.template.json'))
    .sort()
    .map((name) => ({
      file: posix.join(folder, name),
      stackName: name.slice(0, -'.template.json'.length),
    }));
}

/** The stack that people mean by the app's name has state machines. */
function rank(root: string, { file }: StackTemplate): number {
  const path = join(root, file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return /AWS::(StepFunctions|Serverless)::StateMachine/.test(text) ? 0 : 1;
}
