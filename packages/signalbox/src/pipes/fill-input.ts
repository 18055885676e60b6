import { isJsonObject, type Json, parseJson } from '../core/json.ts';
import { ownMember } from '../core/names/own-member.ts';

/** The names of a pipe that a template may refer to, as `<aws.pipes.pipe-name>`. */
export type PipeNames = Readonly<Record<string, string>>;

/**
 * Fills an input template in: `<$.path>` of the event, and what AWS has reserved. Inside quotes a value
 * stands as text, elsewhere as JSON; what the event does not have is left out.
 * @param template As `InputTemplate` of a pipe has it.
 * @param event The event, its body parsed where it is JSON.
 * @param names What the reserved names stand for.
 * @returns The result as JSON, or as text where it is none.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
 */
export function fillInput(template: string, event: Json, names: PipeNames): Json {
  let isQuoted = false;
  const filled = template.replace(
    /\\.|"|<(\$[^<>]*|aws\.pipes\.[\w.-]+)>/g,
    (whole, path: string | undefined) => {
      if (whole === '"') isQuoted = !isQuoted;
      if (path === undefined) return whole;
      const value = path.startsWith('$') ? at(event, path) : ownMember(names, path);
      return isQuoted ? asText(value) : JSON.stringify(value ?? '');
    },
  );
  return parseJson(filled) ?? filled;
}

function asText(value: Json | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

function at(event: Json, path: string): Json | undefined {
  const parts = path.slice(1).match(/[^.[\]'"]+/g) ?? [];
  return parts.reduce<Json | undefined>((value, part) => {
    if (Array.isArray(value)) return value[Number(part)];
    return isJsonObject(value) ? ownMember(value, part) : undefined;
  }, event);
}
