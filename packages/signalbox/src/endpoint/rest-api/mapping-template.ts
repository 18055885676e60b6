import { parseJson } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { MappingExpressions } from './mapping-expressions.ts';
import { textOf } from './mapping-functions.ts';
import type { TemplateInput } from './template-input.ts';

/** A mapping template that has what the rehearsal does not evaluate. */
export class UnknownTemplate extends Error {
  override readonly name = 'UnknownTemplate';
}

/**
 * Fills a mapping template in: its references and `#set`; conditions and loops are refused by name.
 * @param template In the Velocity Template Language.
 * @param input The request or response that it is filled in with.
 * @returns The text.
 * @throws {UnknownTemplate} For a directive or a function that the rehearsal does not evaluate.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function fillTemplate(template: string, input: TemplateInput): string {
  const expressions = new MappingExpressions(template, {
    input,
    variables: new Map(),
    body: parseJson(input.body) ?? null,
    refuse: (what) => new UnknownTemplate(what),
  });
  let result = '';
  for (let at = 0; at < template.length; ) {
    const char = template.charAt(at);
    const directive = char === '#' ? expressions.directive(at) : undefined;
    const reference = char === '$' ? expressions.reference(at) : undefined;
    if (directive === undefined) result += reference === undefined ? char : textOf(reference.value);
    at = directive ?? reference?.end ?? at + 1;
  }
  return result;
}

/** The mapping template for a content type, by its name or for any. */
export function templateFor(
  templates: Readonly<Record<string, string>>,
  contentType: string | undefined,
): string | undefined {
  const type = (contentType ?? 'application/json').split(';')[0]?.trim() ?? '';
  return ownMember(templates, type) ?? templates['application/json'];
}
