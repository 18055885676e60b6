import { ShippingRefusedError } from '../shared/errors.ts';
import type { TokenAnswer } from '../shared/task-token.ts';
import type { Shipment } from './shipment.ts';

/** The workflow's result of what the carrier decided; undefined where none has. */
export function carrierAnswer({
  status,
  trackingId,
  refusal = '',
}: Shipment): TokenAnswer | undefined {
  switch (status) {
    case 'BOOKED':
      return { kind: 'success', output: { trackingId } };
    case 'REFUSED':
      return {
        kind: 'failure',
        error: new ShippingRefusedError(`The carrier refuses: ${refusal}`),
      };
    default:
      return undefined;
  }
}
