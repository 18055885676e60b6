import { isJsonObject, type Json } from './json.ts';

/** `{{now}}`, `{{now+90d}}` or `{{now-2h:epoch}}`: the units are s, m, h and d. */
const PLACEHOLDER = /\{\{now(?:([+-])(\d+)([smhd]))?(?::(date|epoch))?\}\}/g;

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Writes times in place of the placeholders of a JSON value, so that a file of seeds never grows
 * old: `{{now+90d}}` becomes an ISO time, `{{now+90d:date}}` its date, and `{{now+90d:epoch}}` its
 * Unix seconds, a number where the text has nothing else.
 * @param value Any JSON value; what has no placeholder comes back as it is.
 * @param now The rehearsal's time.
 */
export function withTimes(value: Json, now: Date): Json {
  if (typeof value === 'string') return textWithTimes(value, now);
  if (Array.isArray(value)) return value.map((one) => withTimes(one, now));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [textOf(key, now), withTimes(one, now)]),
  );
}

function textWithTimes(text: string, now: Date): string | number {
  const written = textOf(text, now);
  const isEpochAlone = /^\{\{now[^{}]*:epoch\}\}$/.test(text) && written !== text;
  return isEpochAlone ? Number(written) : written;
}

function textOf(text: string, now: Date): string {
  return text.replace(
    PLACEHOLDER,
    (_, sign: string | undefined, count: string | undefined, unit: string | undefined, form) => {
      const distanceMs = Number(count ?? 0) * (UNIT_MS[unit ?? 's'] ?? 0);
      const time = new Date(now.getTime() + (sign === '-' ? -distanceMs : distanceMs));
      if (form === 'epoch') return String(Math.floor(time.getTime() / 1000));
      return form === 'date' ? time.toISOString().slice(0, 10) : time.toISOString();
    },
  );
}
