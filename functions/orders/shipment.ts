import { type InferOutput, object, optional, picklist, string } from 'valibot';

/** The Shipments table's item of an order: `CANCELLED` also bars a shipment not yet booked. */
export const ShipmentSchema = object({
  orderId: string(),
  status: picklist(['BOOKED', 'AWAITING_CARRIER', 'REFUSED', 'CANCELLED']),
  trackingId: optional(string()),
  /** Why the carrier refused. */
  refusal: optional(string()),
  /** Of freight that waits for its carrier, or whose workflow may not have heard the answer. */
  taskToken: optional(string()),
  /** The execution that waits. */
  executionArn: optional(string()),
});

/** The Shipments table's item of an order. */
export type Shipment = InferOutput<typeof ShipmentSchema>;
