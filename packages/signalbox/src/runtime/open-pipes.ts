import { type PipeOptions, runPipe } from '../pipes/run-pipe.ts';
import { runStreamPipe, type StreamPipeOptions } from '../pipes/run-stream-pipe.ts';
import type { App } from '../template/app.ts';
import type { PipeResource } from '../template/pipe-resource.ts';
import { followWanted } from './follow-wanted.ts';

/** The pipes of a rehearsal. */
export interface Pipes {
  /** Starts, stops and restarts pipes, so that those of the template run. */
  follow(app: App): Promise<void>;
  stop(): Promise<void>;
}

/** Makes the pipes; none runs yet. */
export function openPipes(options: PipeOptions & StreamPipeOptions): Pipes {
  const running = followWanted();
  const start = (pipe: PipeResource) =>
    pipe.stream === undefined
      ? runPipe(options, pipe)
      : runStreamPipe(options, { ...pipe, stream: pipe.stream });

  return {
    follow({ pipes }) {
      const enabled = pipes.filter((pipe) => pipe.enabled);
      return running.follow(
        new Map(enabled.map((pipe) => [JSON.stringify(pipe), () => start(pipe)])),
      );
    },
    stop: () => running.stop(),
  };
}
