import { bad, ok, type Result } from '../core/result.ts';
import type { App } from '../template/app.ts';
import { loadApp } from '../template/load-app.ts';
import { readSamConfig } from '../template/sam-config.ts';

/** The account that a rehearsal stands for. */
export const ACCOUNT_ID = '123456789012';

/** The environment of `samconfig.toml` that a rehearsal runs with. */
const ENVIRONMENT = 'local';

/** Reads the app that the project's files describe, as the rehearsal at `endpoint` runs it. */
export function readApp(root: string, endpoint: string): Result<App> {
  const config = readSamConfig(root, ENVIRONMENT);
  if (!config.ok) return config;
  const { stackName, region, templateFile, parameterOverrides } = config.value;
  if (stackName === undefined) {
    return bad({
      file: 'samconfig.toml',
      path: `${ENVIRONMENT}.global.parameters`,
      message: 'stack_name is missing: write stack_name = "signalbox-local"',
    });
  }
  const app = loadApp({
    root,
    templateFile,
    stackName,
    region: region ?? 'us-east-1',
    accountId: ACCOUNT_ID,
    parameterOverrides,
    endpoint,
  });
  return app.ok ? ok(app.value) : app;
}
