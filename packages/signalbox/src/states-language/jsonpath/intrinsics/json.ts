import { jsonText } from '../../../core/exact-json/exact-number.ts';
import { withMembers } from '../../../core/exact-json/ordered-object.ts';
import { isJsonObject, parsePayload } from '../../../core/json.ts';
import { type Intrinsic, intrinsicFailure, textAt } from './intrinsic.ts';

/** `States.StringToJson(text)`. */
export const stringToJson: Intrinsic = (args) => {
  const text = textAt('States.StringToJson', args, 0);
  // AWS: an empty or blank text is no JSON, and yields null.
  if (text.trim() === '') return null;
  const value = parsePayload(text);
  if (value !== undefined) return value;
  throw intrinsicFailure('States.StringToJson', 'The argument is not valid JSON');
};

/** `States.JsonToString(value)`. */
export const jsonToString: Intrinsic = (args) => jsonText(args[0] ?? null);

/** `States.JsonMerge(one, other, false)`: shallow, the other wins. */
export const jsonMerge: Intrinsic = (args) => {
  const name = 'States.JsonMerge';
  const [one, other, deep] = args;
  if (!isJsonObject(one) || !isJsonObject(other)) {
    throw intrinsicFailure(name, 'Both arguments must be objects');
  }
  if (deep !== false) throw intrinsicFailure(name, 'Only shallow merging is supported');
  return withMembers(one, other);
};
