/** What there is in attribute values of DynamoDB. */
export interface SeenValues {
  /** How many values there are, those in lists and maps too. */
  count: number;
  /** No more bytes than DynamoDB counts: characters of names and texts, and one a value. */
  leastBytes: number;
  hasBytes: boolean;
  /** Whether a member is none of an attribute value, or of another type. */
  isOdd: boolean;
  /** Whether a name or a number is written in a way that has to be changed. */
  isUnusual: boolean;
}

/** Beyond this nobody takes what is looked at. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Looks at each of some attribute values once, by their names. */
export function lookAtValues(values: object): SeenValues {
  const seen = { count: 0, leastBytes: 0, hasBytes: false, isOdd: false, isUnusual: false };
  lookAtMap(values, seen);
  return seen;
}

/** Whether the values are as DynamoDB's JSON has them, and need not be changed to be worked with. */
export function isWellFormed({ isOdd, isUnusual }: SeenValues): boolean {
  return !isOdd && !isUnusual;
}

function lookAtMap(values: unknown, seen: SeenValues): void {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    seen.isOdd = true;
    return;
  }
  for (const name of Object.keys(values)) {
    if (name === '__proto__') seen.isUnusual = true;
    seen.leastBytes += name.length;
    lookAtValue(Reflect.get(values, name), seen);
    if (seen.leastBytes > MOST_BYTES) return;
  }
}

function lookAtValue(value: unknown, seen: SeenValues): void {
  seen.count += 1;
  seen.leastBytes += 1;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    seen.isOdd = true;
    return;
  }
  for (const [type, member] of Object.entries(value)) lookAtMember(type, member, seen);
}

function lookAtMember(type: string, member: unknown, seen: SeenValues): void {
  switch (type) {
    case 'S':
    case 'N':
      lookAtText(type, member, seen);
      return;
    case 'BOOL':
    case 'NULL':
      if (typeof member !== 'boolean') seen.isOdd = true;
      return;
    case 'L':
      if (!Array.isArray(member)) seen.isOdd = true;
      else lookAtList(member, seen);
      return;
    case 'M':
      lookAtMap(member, seen);
      return;
    case 'SS':
    case 'NS':
      if (!Array.isArray(member)) seen.isOdd = true;
      else for (const one of member) lookAtText(type, one, seen);
      return;
    case 'B':
      lookAtBytes(member, seen);
      return;
    case 'BS':
      if (!Array.isArray(member)) seen.isOdd = true;
      else for (const one of member) lookAtBytes(one, seen);
      return;
    default:
      seen.isOdd = true;
  }
}

/** Each member of a list costs a byte beside its own. */
function lookAtList(list: readonly unknown[], seen: SeenValues): void {
  seen.leastBytes += list.length;
  for (const one of list) lookAtValue(one, seen);
}

function lookAtText(type: string, text: unknown, seen: SeenValues): void {
  if (typeof text !== 'string') {
    seen.isOdd = true;
    return;
  }
  const isNumber = type.startsWith('N');
  seen.leastBytes += isNumber ? 1 : text.length;
  if (isNumber && text.startsWith('+')) seen.isUnusual = true;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Bytes are in base64 as an encoder writes it: four characters for three of them. */
function lookAtBytes(text: unknown, seen: SeenValues): void {
  seen.hasBytes = true;
  if (typeof text !== 'string' || text.length % 4 !== 0 || !BASE64.test(text)) {
    seen.isOdd = true;
    return;
  }
  const last = text.slice(-4);
  const bytes = Buffer.from(last, 'base64');
  if (bytes.toString('base64') !== last) seen.isUnusual = true;
  seen.leastBytes += (text.length / 4) * 3 - (last === '' ? 0 : 3 - bytes.length);
}
