import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionResource } from '../../template/app.ts';
import { type CommandFinding, type CommandRequest, notBuilt, wrong } from './command.ts';
import { machineOf } from './executable-format.ts';
import { isProgram } from './find-program.ts';

/** Finds the `bootstrap` of a function that brings its own runtime: in its code, else in a layer. */
export function providedCommand({ resource, code }: CommandRequest): CommandFinding {
  const folders = [code.directory, ...[...code.layers].reverse()];
  const file = folders.map((folder) => join(folder, 'bootstrap')).find((path) => existsSync(path));
  if (file === undefined) return notBuilt(resource, missingBootstrap(resource));
  if (!isProgram(file)) {
    return wrong(resource, `The bootstrap of ${resource.logicalId} may not be run: chmod +x it`);
  }
  const machine = machineOf(file);
  const here = { system: process.platform, architecture: process.arch };
  const fits =
    machine === undefined ||
    (machine.system === here.system && machine.architecture === here.architecture);
  if (!fits) {
    return wrong(
      resource,
      `The bootstrap of ${resource.logicalId} is a program for ${machine.system} on ${machine.architecture}, and this machine is ${here.system} on ${here.architecture}: build it for this one, such as with GOOS=${here.system} GOARCH=${goArchitecture(here.architecture)} go build -o bootstrap`,
    );
  }
  // AWS: these runtimes have no AWS_EXECUTION_ENV.
  return {
    kind: 'command',
    command: { file, args: [], environment: { AWS_EXECUTION_ENV: undefined } },
  };
}

function missingBootstrap({ logicalId, codeUri, path, buildMethod }: FunctionResource): string {
  const place = codeUri === '.' ? "the template's folder" : codeUri;
  const how = buildMethod === undefined ? '' : ` (BuildMethod ${buildMethod})`;
  return `${logicalId} has no bootstrap in ${place} nor in .aws-sam/build/${path}: run "sam build"${how}, or build a program of that name there`;
}

function goArchitecture(architecture: string): string {
  return architecture === 'x64' ? 'amd64' : architecture;
}
