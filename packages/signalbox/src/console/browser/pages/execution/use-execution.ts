import type { DescribeExecutionOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import { useEffect, useRef, useState } from 'react';
import { StepFold } from '../../../../history/steps/fold-steps.ts';
import type { Step } from '../../../../history/steps/step.ts';
import type { MachineView } from '../../../server/machine-view.ts';
import { ask } from '../../api/call.ts';
import { inBursts } from '../../api/in-bursts.ts';
import { follow } from '../../api/live.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { sawPlaceTime } from '../../app/place-time.ts';

/** DescribeExecution's output as JSON has it: times are texts. */
export type Described = Omit<DescribeExecutionOutput, 'startDate' | 'stopDate' | 'redriveDate'> & {
  readonly startDate?: string;
  readonly stopDate?: string;
  readonly redriveDate?: string;
};

/** An execution as far as it has come. */
export interface LiveExecution {
  readonly described: Described | undefined;
  readonly events: readonly HistoryEvent[];
  readonly steps: readonly Step[];
  readonly fold: StepFold;
  readonly machine: MachineView | undefined;
  readonly isConnected: boolean;
  readonly error: string | undefined;
}

interface Known {
  readonly described?: Described;
  readonly events: readonly HistoryEvent[];
  readonly steps: readonly Step[];
  readonly isConnected: boolean;
  readonly error?: string;
}

const NOTHING: Known = { events: [], steps: [], isConnected: true };

/** Follows an execution: each message adds what is new to what is known. */
export function useExecution(arn: string): LiveExecution {
  const [known, setKnown] = useState<Known>(NOTHING);
  const fold = useRef(new StepFold());
  useEffect(() => {
    fold.current = new StepFold();
    setKnown(NOTHING);
    const events: HistoryEvent[] = [];
    const picture = inBursts(() => {
      const steps = [...fold.current.steps];
      setKnown((now) => ({ ...now, events: [...events], steps }));
    });
    const messages = {
      described: (data: string) => setKnown((now) => ({ ...now, described: JSON.parse(data) })),
      failed: (data: string) => {
        const { name, message } = JSON.parse(data);
        setKnown((now) => ({ ...now, error: `${name}: ${message}` }));
      },
      events: (data: string) => {
        const more: readonly HistoryEvent[] = JSON.parse(data);
        const last = fold.current.lastEventId;
        fold.current.add(more);
        sawPlaceTime(new Date(more.at(-1)?.timestamp ?? 0).getTime());
        for (const event of more) if ((event.id ?? 0) > last) events.push(event);
        picture.soon();
      },
    };
    const stop = follow(`execution?arn=${encodeURIComponent(arn)}`, messages, (isConnected) =>
      setKnown((now) => ({ ...now, isConnected })),
    );
    return () => {
      picture.stop();
      stop();
    };
  }, [arn]);
  const machine = useAnswer(`machine ${arn}`, () =>
    ask<MachineView>('machine', { executionArn: arn }),
  );
  return {
    described: known.described,
    events: known.events,
    steps: known.steps,
    fold: fold.current,
    machine: machine.value,
    isConnected: known.isConnected,
    error: known.error ?? machine.error?.message,
  };
}
