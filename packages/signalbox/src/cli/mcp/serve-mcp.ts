import type { Readable } from 'node:stream';
import manifest from '../../../package.json' with { type: 'json' };
import type { Sink } from '../print/output.ts';
import { answersAt } from '../rehearsal-api.ts';
import { withRehearsal } from '../rehearse.ts';
import type { Session } from '../session.ts';
import { serveJsonRpc } from './json-rpc.ts';
import { createMcpServer } from './mcp-server.ts';

/** The streams that an agent talks through. */
export interface McpStreams {
  readonly stdin: Readable;
  readonly stdout: Sink;
}

/** Serves an agent until it closes the input. It gets the rehearsal that runs, else one of its own. */
export async function serveMcp(session: Session, { stdin, stdout }: McpStreams): Promise<void> {
  const own = createOwnRehearsal(session);
  const rehearsal = async (): Promise<Session> => {
    if (own.isStarted()) return await own.session();
    const { endpoint } = session;
    return endpoint !== undefined && (await answersAt(endpoint)) ? session : await own.session();
  };
  const handle = createMcpServer({ version: manifest.version, rehearsal });
  await serveJsonRpc(stdin, (line) => void stdout.write(line), handle);
  await own.end();
}

interface OwnRehearsal {
  isStarted(): boolean;
  /** The session with the rehearsal's endpoint; it starts at the first call. */
  session(): Promise<Session>;
  end(): Promise<void>;
}

function createOwnRehearsal(session: Session): OwnRehearsal {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let running: Promise<unknown> = Promise.resolve();
  let opened: Promise<Session> | undefined;

  function open(): Promise<Session> {
    return new Promise((resolve, reject) => {
      const options = { port: 0, time: 'skip' } as const;
      running = withRehearsal(session, options, async ({ runtime, remarks }) => {
        remarks.unfold();
        const client = { ...session.client, endpoint: runtime.url, region: runtime.app().region };
        const credentials = { accessKeyId: 'signalbox', secretAccessKey: 'signalbox' };
        resolve({ ...session, endpoint: runtime.url, client: { ...client, credentials } });
        await ended;
      }).catch((error: unknown) => {
        // A project that does not load yet may load after the next change.
        opened = undefined;
        reject(error);
      });
    });
  }

  return {
    isStarted: () => opened !== undefined,
    session() {
      opened ??= open();
      return opened;
    },
    async end() {
      end();
      await running;
    },
  };
}
