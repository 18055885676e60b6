import { unknown } from 'valibot';
import { taskHandler } from '../../shared/task-handler.ts';
import { orderIdOf, validateOrder } from './validate-order.ts';

/** Validates the event that started the workflow. */
export const handler = taskHandler({
  input: unknown(),
  correlationId: orderIdOf,
  run: async (event) => validateOrder(event),
});
