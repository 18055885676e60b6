import { durationText } from '../../../core/duration-text.ts';
import { jsonText } from '../../../core/exact-json/exact-number.ts';
import { type Json, parsePayload } from '../../../core/json.ts';

/** Writes a time as `2026-01-05 10:00:07.287` in UTC. */
export function timeText(atMs: number): string {
  return new Date(atMs).toISOString().replace('T', ' ').replace('Z', '');
}

/** Writes a time without its milliseconds. */
export function shortTimeText(atMs: number): string {
  return timeText(atMs).slice(0, 19);
}

/** Writes the time between two instants; that to now where the second is not known. */
export function spanText(fromMs: number, toMs: number | undefined, nowMs: number): string {
  return durationText(Math.max(0, (toMs ?? nowMs) - fromMs));
}

/** The last part of an ARN: the name of a workflow, a function, a bus. */
export function nameOfArn(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

/** Writes JSON text over several lines, its numbers digit for digit; another text as it is. */
export function prettyJson(text: string): string {
  const value = readJson(text);
  return value === undefined ? text : jsonText(value, 2);
}

/** Reads JSON, its numbers digit for digit; undefined where it is none. */
export function readJson(text: string | undefined): Json | undefined {
  return text === undefined ? undefined : parsePayload(text);
}

/** Writes JSON text on one line, its numbers digit for digit; a text with a mistake as it is. */
export function oneLine(json: string): string {
  const value = readJson(json);
  return value === undefined ? json : jsonText(value);
}
