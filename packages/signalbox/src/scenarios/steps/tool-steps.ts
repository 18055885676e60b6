import type { StepKind } from '../scenario-extension.ts';
import { alarm } from './alarm.ts';
import { answer } from './answer.ts';
import { call } from './call.ts';
import { entries, events } from './events.ts';
import { breakFaults, mendFaults } from './faults.ts';
import { request } from './request.ts';
import { schedule } from './schedule.ts';
import { stopIn, timeOutIn } from './stop.ts';

/** The steps that every scenario can have, in the order in which those of one step are performed. */
export const TOOL_STEPS: Readonly<Record<string, StepKind>> = {
  break: breakFaults,
  mend: mendFaults,
  ...{ entries, events, call, request, alarm, schedule, answer, stopIn, timeOutIn },
};
