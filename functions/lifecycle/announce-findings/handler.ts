import type { Context } from 'aws-lambda';
import { requiredVariable } from '../../shared/environment.ts';
import { putEvents } from '../../shared/put-events.ts';
import { taskHandler } from '../../shared/task-handler.ts';
import { keepCompliance } from '../non-compliant-table.ts';
import { AnnouncementSchema } from '../report/announcement.ts';
import { auditKeys } from '../report/audit-keys.ts';
import { linesOf, readReport } from '../reports-bucket.ts';
import { forgetRestored } from '../restored-table.ts';
import { AnnounceFindingsSchema, announce } from './announce-findings.ts';

const eventBusName = requiredVariable('EVENT_BUS_NAME');
/** The time that a batch may still take. */
const RESERVE_MS = 10_000;

/** Announces what an audit found, as far as the time goes. */
export const handler = (event: unknown, context: Context) =>
  taskHandler({
    input: AnnounceFindingsSchema,
    correlationId: ({ auditId }) => auditId,
    run: async (request) => {
      const { auditId } = request;
      const text = await readReport(auditKeys.announcements(auditId));
      const announcements = [...linesOf(text, AnnouncementSchema)];
      const next = await announce(announcements, request, eventBusName, {
        putEvents,
        keep: (changes) => keepCompliance(changes, auditId),
        release: forgetRestored,
        hasTime: () => context.getRemainingTimeInMillis() > RESERVE_MS,
      });
      return { from: next, isDone: next >= announcements.length };
    },
  })(event, context);
