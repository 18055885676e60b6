import type { AlarmHistoryItem, HistoryItemType } from '@aws-sdk/client-cloudwatch';
import type { Alarm, AlarmState } from './alarm.ts';

/** AWS: history is kept for 30 days. */
const KEPT_MS = 30 * 86_400_000;

/** The history of the alarms of every Region, oldest first. */
export class AlarmHistory {
  readonly #regions = new Map<string, AlarmHistoryItem[]>();

  /** Writes down what happened to an alarm; `data` is JSON text. */
  add(
    alarm: Alarm,
    item: {
      readonly type: HistoryItemType;
      readonly summary: string;
      readonly data: string;
      readonly timeMs: number;
    },
  ): void {
    const items = this.#regions.get(alarm.region) ?? [];
    this.#regions.set(alarm.region, items);
    items.push({
      AlarmName: alarm.name,
      AlarmType: alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
      Timestamp: new Date(item.timeMs),
      HistoryItemType: item.type,
      HistorySummary: item.summary,
      HistoryData: item.data,
    });
    const tooOld = items.findIndex(
      ({ Timestamp }) => (Timestamp?.getTime() ?? 0) >= item.timeMs - KEPT_MS,
    );
    if (tooOld > 0) items.splice(0, tooOld);
  }

  /** A Region's items, oldest first. */
  all(region: string): readonly AlarmHistoryItem[] {
    return this.#regions.get(region) ?? [];
  }
}

/** Writes the HistoryData of a change of state. */
export function stateUpdateData(before: AlarmState, after: AlarmState): string {
  return `{"version":"1.0","oldState":${stateText(before)},"newState":${stateText(after)}}`;
}

function stateText({ value, reason, reasonData }: AlarmState): string {
  const plain = JSON.stringify({ stateValue: value, stateReason: reason }).slice(0, -1);
  // As it is, since its numbers are written as Java writes them.
  return reasonData === undefined ? `${plain}}` : `${plain},"stateReasonData":${reasonData}}`;
}
