import { entriesOf } from '../../cli/event-entries.ts';
import { withTimes } from '../../core/relative-time.ts';
import { listOf, Text } from '../../core/schema/schema.ts';
import { JsonRecord } from '../json-value.ts';
import { stepKind } from '../scenario-extension.ts';
import { withPhysicalIds } from '../with-physical-ids.ts';

/** Puts the events of a file, named relative to the scenario. */
export const entries = stepKind(Text, async (file, { readFile, startedAt, putEvents }) => {
  await putEvents(entriesOf(withTimes(readFile(file), startedAt), file));
});

/** Puts events that the scenario has itself; `${LogicalId}` in them stands for a physical id. */
export const events = stepKind(
  listOf(JsonRecord),
  async (list, { stage, startedAt, putEvents }) => {
    const value = withPhysicalIds(withTimes(list, startedAt), stage);
    await putEvents(entriesOf(value, 'events'));
  },
);
