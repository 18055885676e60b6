import type { Problem } from '../../src/core/result.ts';

/** A problem without the names of its template, so that those of many templates are counted as one. */
export function reasonOf({ message }: Problem): string {
  return message
    .replace(/\b(AWS::\w+::\w+) \w+/g, '$1 …')
    .replace(/^\w+ event \w+/, 'event …')
    .replace(/^(\w+)(: the rehearsal)/, '…$2')
    .replace(/\$\{\w+\}/g, '${…}')
    .replace(/arn:[\w:*/.-]+/g, 'arn:…')
    .replace(/: did you mean .*$/, '')
    .replace(/^\w+(?= is (not|neither|no)\b)/, '…')
    .replace(/(?<=(file|its CodeUri|point|Handler)\s)[\w./:-]+/g, '…')
    .replace(/^[\w./-]+(?= (cannot be read|does not exist))/, '…');
}
