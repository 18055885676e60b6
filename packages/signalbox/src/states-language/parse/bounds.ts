/** AWS: the greatest time of a Wait, a time-out, a heartbeat and the wait before another attempt. */
export const MAX_SECONDS = 99_999_999;
/** AWS: the greatest MaxInputBytesPerBatch. */
export const MAX_BATCH_BYTES = 262_144;
/** AWS: the items that an ItemReader may read. */
export const MAX_READ_ITEMS = 100_000_000;
/** AWS: intrinsic functions within one another. */
export const MAX_INTRINSIC_DEPTH = 10;
