import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Json, JsonObject } from '../src/core/json.ts';

const PEERS = 'packages/signalbox/benchmarks/peers';
const PACKAGE = 'aws-local-stepfunctions';

/** The other engine's class, which runs a definition. */
export type PeerMachine = new (
  definition: JsonObject,
) => { run(input: Json): { readonly result: Promise<unknown> } };

/** Imports the other engine; undefined, and one line that says how to install it, where it is missing. */
export async function importPeer(root: string): Promise<PeerMachine | undefined> {
  const folder = join(root, PEERS);
  if (!existsSync(join(folder, 'node_modules', PACKAGE))) {
    process.stderr.write(
      `${PACKAGE} is not installed, so nothing is compared: npm ci --prefix ${PEERS}\n`,
    );
    return undefined;
  }
  const file = createRequire(join(folder, 'package.json')).resolve(PACKAGE);
  const { StateMachine }: { readonly StateMachine: PeerMachine } = await import(
    pathToFileURL(file).href
  );
  return StateMachine;
}
