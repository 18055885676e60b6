import { type InferOutput, object, optional, picklist, string } from 'valibot';

/** The Shipments table's item of an order: `CANCELLED` also bars a shipment not yet booked. */
export const ShipmentSchema = object({
  orderId: string(),
  status: picklist(['BOOKED', 'AWAITING_CARRIER', 'CANCELLED']),
  trackingId: optional(string()),
});

/** The Shipments table's item of an order. */
export type Shipment = InferOutput<typeof ShipmentSchema>;
