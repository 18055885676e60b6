import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { bad, ok, type Result } from '../core/result.ts';

/** Folders and files that the tools of others write templates to; a folder with one of them is a project. */
export const GENERATED_TEMPLATES = [
  '.aws-sam/build/template.yaml',
  'cdk.out',
  '.serverless/cloudformation-template-update-stack.json',
] as const;

/**
 * Finds the template that `sam build`, `cdk synth` or `sls package` has left in a project; undefined where
 * there is none.
 * @param root The project's root.
 * @returns Its path relative to the root, or why none can be chosen.
 */
export function generatedTemplate(root: string): Result<string | undefined> {
  const [built, cloud, packaged] = GENERATED_TEMPLATES;
  if (existsSync(join(root, built))) return ok(built);
  if (existsSync(join(root, cloud))) return synthesized(root, cloud);
  return ok(existsSync(join(root, packaged)) ? packaged : undefined);
}

/** The one stack of a CDK app that is there, or that has state machines. */
function synthesized(root: string, folder: string): Result<string | undefined> {
  const files = readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.template.json') && !name.endsWith('.nested.template.json'))
    .sort()
    .map((name) => posix.join(folder, name));
  const withMachines = files.filter((file) =>
    /AWS::(StepFunctions|Serverless)::StateMachine/.test(readFileSync(join(root, file), 'utf8')),
  );
  const [only, second] = withMachines.length === 0 ? files : withMachines;
  if (only === undefined || second === undefined) return ok(only);
  const message = `${folder} has several stacks: name one with --template, such as ${[only, second].join(' or ')}`;
  return bad({ message });
}
