import type { Alarm } from './alarm.ts';
import { describeCompositeAlarm, describeMetricAlarm } from './describe.ts';
import { offsetTime } from './texts.ts';

/** Writes the HistoryData of an alarm that was put or deleted. */
export function configurationData(type: 'Create' | 'Update' | 'Delete', alarm: Alarm): string {
  const described =
    alarm.kind === 'metric' ? describeMetricAlarm(alarm) : describeCompositeAlarm(alarm);
  const { StateReason, StateReasonData, StateTransitionedTimestamp, ...configuration } = described;
  const name = { Create: 'createdAlarm', Update: 'updatedAlarm', Delete: 'deletedAlarm' }[type];
  return JSON.stringify({ version: '1.0', type, [name]: lowered(configuration) });
}

/** AWS writes the members of an alarm's history in lower camel case, and `okactions`. */
function lowered(value: unknown): unknown {
  if (value instanceof Date) return offsetTime(value.getTime());
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [lowerName(name), lowered(member)]),
  );
}

function lowerName(name: string): string {
  return name === 'OKActions' ? 'okactions' : name.charAt(0).toLowerCase() + name.slice(1);
}
