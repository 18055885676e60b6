import { ownMember } from '../../../core/names/own-member.ts';
/** Writes a number as Java does, as CloudWatch's texts have them: `5.0`, `1.0E7`. */
export function javaDouble(value: number): string {
  const magnitude = Math.abs(value);
  if (value !== 0 && (magnitude >= 1e7 || magnitude < 1e-3)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Writes a time as state reasons do: `22/11/26 10:00:00`. */
export function reasonTime(timeMs: number): string {
  const iso = new Date(timeMs).toISOString();
  const [year, month, day] = [iso.slice(2, 4), iso.slice(5, 7), iso.slice(8, 10)];
  return `${day}/${month}/${year} ${iso.slice(11, 19)}`;
}

/** Writes a time as CloudWatch's events do: `2026-11-22T10:00:00.000+0000`. */
export function offsetTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('Z', '+0000');
}

/** Writes a time as composite alarms' reasons do: `Friday 22 July, 2022 15:57:45 UTC`. */
export function longTime(timeMs: number): string {
  const date = new Date(timeMs);
  const day = date.toISOString().slice(8, 10);
  const time = date.toISOString().slice(11, 19);
  const [weekday, month] = [WEEKDAYS[date.getUTCDay()], MONTHS[date.getUTCMonth()]];
  return `${weekday} ${day} ${month}, ${date.getUTCFullYear()} ${time} UTC`;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

const REGION_NAMES: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'ca-central-1': 'Canada (Central)',
  'eu-central-1': 'EU (Frankfurt)',
  'eu-north-1': 'EU (Stockholm)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'eu-west-3': 'EU (Paris)',
  'sa-east-1': 'South America (Sao Paulo)',
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
};

/** A Region as people read it, such as `US East (N. Virginia)`. */
export function regionName(region: string): string {
  return ownMember(REGION_NAMES, region) ?? region;
}
