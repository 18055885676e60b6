import * as v from 'valibot';
import { fields, oneOf, whole } from '../../../core/schema/schema.ts';

/** An ObjectLockConfiguration in the API's own spelling. */
export const ObjectLockSchema = fields({
  ObjectLockEnabled: oneOf(['Enabled']),
  Rule: v.optional(
    fields({
      DefaultRetention: fields({
        Mode: oneOf(['GOVERNANCE', 'COMPLIANCE']),
        Days: v.optional(whole(1)),
        Years: v.optional(whole(1)),
      }),
    }),
  ),
});
