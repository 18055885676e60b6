import { consolePrefix } from '../console/server/console-prefix.ts';
import { createHeardChanges } from '../console/server/execution-changes.ts';
import { openConsole } from '../console/server/open-console.ts';
import type { AccountRegion } from '../core/account-region.ts';
import type { ClientOptions } from '../core/client-options.ts';
import type { Clock } from '../core/clock.ts';
import type { ServiceCall } from '../core/service.ts';
import type { CallRecord } from '../endpoint/registry.ts';
import type { Mount } from '../endpoint/server.ts';
import type { HistoryStore, StoredExecution } from '../history/store.ts';
import type { LambdaHost } from '../lambda/host.ts';
import { loadPluginPages } from '../project/plugin-pages.ts';
import { readSamples } from '../project/read-samples.ts';
import type { RehearsalPlugin } from '../rehearsal-plugin.ts';
import type { App } from '../template/app.ts';
import type { createClosers } from './closers.ts';
import { withExpressExecutions } from './express-executions.ts';
import { createWorkLog } from './work-log.ts';

/** The Region of a rehearsal that a console shows. */
export interface OwnConsoleOptions extends AccountRegion {
  readonly root: string;
  /** The app's own Region, whose console has the plain path. */
  readonly home: string;
  readonly clock: Clock;
  readonly call: ServiceCall;
  readonly app: () => App;
  readonly onBug: (bug: unknown) => void;
  readonly closers: ReturnType<typeof createClosers>;
  readonly endpointUrl: string;
  readonly plugins?: readonly RehearsalPlugin[] | undefined;
  /** Those who see each call of a service. */
  readonly seen: ((call: CallRecord) => void)[];
}

/** The console of a rehearsal, and what it has to hear of. */
export interface OwnConsole {
  readonly watch: {
    /** Wraps the host of functions, to note what runs. */
    readonly observed: (host: LambdaHost) => LambdaHost;
    /** To be called with each event of a history. */
    readonly onEvent: (execution: StoredExecution) => void;
  };
  /** Shows the histories once they are open: AWS's API tells nothing of Express executions. */
  sees(store: HistoryStore): void;
  /** The pages, with those of the plug-ins. */
  readonly mount: Mount;
}

/** A step has an entry only where its task called something. */
const STEPS_KEPT = 20_000;

/** Opens the console of a Region; its pages are built when somebody first looks. */
export function openOwnConsole(options: OwnConsoleOptions): OwnConsole {
  const { root, region, accountId, clock, call, app, onBug } = options;
  const now = () => clock.now();
  const work = createWorkLog({ capacity: STEPS_KEPT, now, app });
  const changes = createHeardChanges();
  options.seen.push(work.sawCall);
  options.closers.add(async () => changes.close());
  let store: HistoryStore | undefined;
  // As a person at the keyboard, who looks and acts with all rights.
  const caller = { arn: `arn:aws:iam::${accountId}:root`, isOutside: true };
  return {
    watch: {
      observed: work.functions,
      onEvent: ({ header }) => changes.heard(header.executionArn),
    },
    sees(opened) {
      store = opened;
    },
    mount: openConsole({
      ...{ root, region, changes, now, onBug },
      pages: () => loadPluginPages(options.plugins ?? []),
      samples: () => readSamples(root),
      stack: { endpoint: options.endpointUrl, client: clientOf(options), stack: undefined },
      prefix: consolePrefix(region, options.home),
      kind: 'rehearsal',
      title: app().stackName || region,
      call: withExpressExecutions(
        (service, action, input) => call(service, action, input, caller),
        () => store,
        now,
      ),
      workOf: work.workOf,
    }),
  };
}

/** A plug-in's page is a client like others: on loopback. */
function clientOf({ region, endpointUrl }: OwnConsoleOptions): ClientOptions {
  const credentials = { accessKeyId: 'signalbox', secretAccessKey: 'signalbox' };
  return { maxAttempts: 1, endpoint: endpointUrl, region, credentials };
}
