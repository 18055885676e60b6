import { jsonText } from '../../../core/exact-json/exact-number.ts';
import { digestHex, isHashAlgorithm } from '../../hash/digest.ts';
import { type Intrinsic, intrinsicFailure, textAt } from './intrinsic.ts';

const MAX_ENCODED_CHARACTERS = 10_000;

/** `States.Base64Encode(text)`. */
export const base64Encode: Intrinsic = (args) => {
  const text = limited('States.Base64Encode', args);
  return btoa(
    Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''),
  );
};

/** `States.Base64Decode(text)`. */
export const base64Decode: Intrinsic = (args) => {
  const name = 'States.Base64Decode';
  const text = limited(name, args);
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    throw intrinsicFailure(name, 'The argument is not valid Base64');
  }
};

/** `States.Hash(value, algorithm)`, in hexadecimal. */
export const hash: Intrinsic = (args) => {
  const name = 'States.Hash';
  const algorithm = textAt(name, args, 1);
  if (!isHashAlgorithm(algorithm)) {
    throw intrinsicFailure(name, `The algorithm '${algorithm}' is not supported`);
  }
  const data = args[0] ?? null;
  return digestHex(algorithm, typeof data === 'string' ? data : jsonText(data));
};

function limited(name: string, args: Parameters<Intrinsic>[0]): string {
  const text = textAt(name, args, 0);
  if (text.length > MAX_ENCODED_CHARACTERS) {
    throw intrinsicFailure(name, `The argument has more than ${MAX_ENCODED_CHARACTERS} characters`);
  }
  return text;
}
