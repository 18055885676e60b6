import { isJsonObject, type Json } from '../../core/json.ts';

/** Writes a RequestBody as form data; `Transform.RequestEncodingOptions.ArrayFormat` says how arrays look. */
export function writeForm(body: Json, transform: Json): string {
  const options = isJsonObject(transform) ? transform['RequestEncodingOptions'] : undefined;
  const arrayFormat = isJsonObject(options) ? options['ArrayFormat'] : undefined;
  const pairs = isJsonObject(body)
    ? Object.entries(body).flatMap(([name, value]) =>
        pairsOf(name, value, arrayFormat ?? 'INDICES'),
      )
    : [];
  return pairs
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

type Pair = readonly [name: string, value: string];

function pairsOf(name: string, value: Json, arrayFormat: Json): readonly Pair[] {
  if (Array.isArray(value)) return arrayPairs(name, value, arrayFormat);
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([member, inner]) =>
      pairsOf(`${name}[${member}]`, inner, arrayFormat),
    );
  }
  return [[name, value === null ? '' : String(value)]];
}

function arrayPairs(name: string, items: readonly Json[], arrayFormat: Json): readonly Pair[] {
  switch (arrayFormat) {
    case 'COMMAS':
      return [[name, items.map((item) => String(item)).join(',')]];
    case 'REPEAT':
      return items.flatMap((item) => pairsOf(name, item, arrayFormat));
    case 'BRACKETS':
      return items.flatMap((item) => pairsOf(`${name}[]`, item, arrayFormat));
    default:
      return items.flatMap((item, index) => pairsOf(`${name}[${index}]`, item, arrayFormat));
  }
}
