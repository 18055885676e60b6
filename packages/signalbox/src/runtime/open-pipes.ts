import { type PipeOptions, type RunningPipe, runPipe } from '../pipes/run-pipe.ts';
import { runStreamPipe, type StreamPipeOptions } from '../pipes/run-stream-pipe.ts';
import type { App } from '../template/app.ts';
import type { PipeResource } from '../template/pipe-resource.ts';

/** The pipes of a rehearsal. */
export interface Pipes {
  /** Starts, stops and restarts pipes, so that those of the template run. */
  follow(app: App): Promise<void>;
  stop(): Promise<void>;
}

/** Makes the pipes; none runs yet. */
export function openPipes(options: PipeOptions & StreamPipeOptions): Pipes {
  const running = new Map<string, RunningPipe>();

  function start(pipe: PipeResource): RunningPipe {
    const { stream } = pipe;
    return stream === undefined
      ? runPipe(options, pipe)
      : runStreamPipe(options, { ...pipe, stream });
  }

  async function stopAllBut(wanted: ReadonlySet<string>): Promise<void> {
    const gone = [...running].filter(([key]) => !wanted.has(key));
    for (const [key] of gone) running.delete(key);
    await Promise.all(gone.map(([, pipe]) => pipe.stop()));
  }

  return {
    async follow({ pipes }) {
      const wanted = new Map(
        pipes.filter(({ enabled }) => enabled).map((pipe) => [JSON.stringify(pipe), pipe]),
      );
      await stopAllBut(new Set(wanted.keys()));
      for (const [key, pipe] of wanted) {
        if (!running.has(key)) running.set(key, start(pipe));
      }
    },
    stop: () => stopAllBut(new Set()),
  };
}
