import { type Bundler, createBundler } from './bundle.ts';
import { buildRuntimeCode, type RuntimeCode } from './runtime-code.ts';

/** What is built of a project's functions, once for the hosts of all Regions. */
export interface Builds {
  readonly bundler: Bundler;
  /** The code that runs functions, made when it is first needed. */
  readonly runtimeCode: () => Promise<RuntimeCode>;
}

/** Makes the builds of a project: nothing is built yet. */
export function createBuilds(root: string, prebuiltDirectory?: string): Builds {
  let built: Promise<RuntimeCode> | undefined;
  return {
    bundler: oneByOne(createBundler(root, prebuiltDirectory)),
    runtimeCode() {
      built ??= buildRuntimeCode(root);
      return built;
    },
  };
}

/** Hosts of several Regions build the same functions into the same folders: one after the other. */
function oneByOne(bundler: Bundler): Bundler {
  let underWay: Promise<unknown> | undefined;
  return {
    ...bundler,
    refresh(resources) {
      const refresh = () => bundler.refresh(resources);
      // At once where it can be: who calls a function meanwhile waits for this build and makes no other.
      const next = underWay === undefined ? refresh() : underWay.then(refresh);
      const ended = next.then(ignore, ignore).then(() => {
        if (underWay === ended) underWay = undefined;
      });
      underWay = ended;
      return next;
    },
  };
}

/** Whoever called hears of it. */
const ignore = (): void => undefined;
