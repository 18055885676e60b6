/** How a hash function pads its message (RFC 1321 §3.1, FIPS 180-4 §5.1). */
export interface PaddingOptions {
  readonly blockBytes: 64 | 128;
  readonly littleEndian: boolean;
}

/** Pads a message with a 1 bit, zeros and its length in bits to whole blocks. */
export function pad(data: Uint8Array, { blockBytes, littleEndian }: PaddingOptions): DataView {
  const lengthBytes = blockBytes / 8;
  const blocks = Math.ceil((data.length + 1 + lengthBytes) / blockBytes);
  const padded = new Uint8Array(blocks * blockBytes);
  padded.set(data);
  padded[data.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(data.length) * 8n, littleEndian);
  return view;
}
