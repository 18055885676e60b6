// The settings that a process of the tool needs before its code loads.
import { setMaxListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';

/** Sets up the process once, before anything of the tool is imported. */
export function prepareProcess() {
  // As in Lambda: worker threads take the time zone of their process.
  process.env.TZ = 'UTC';
  // All that runs side by side listens for its abortion: more than 10 listeners are no leak.
  setMaxListeners(0);
  // The SDK would say at every start that its releases of 2027 want Node 22.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // A rehearsal is small and lives long: collecting garbage early keeps it in 300 MB.
  setFlagsFromString('--heap-growing-percent=40');
  // Most code runs a few times: compiled late by the optimizer, a start costs a tenth less. Newer
  // engines have a compiler in between, and no such flag.
  if (Number.parseInt(process.versions.v8, 10) < 12)
    setFlagsFromString('--interrupt-budget=528000');
}
