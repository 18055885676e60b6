import type { Json, JsonObject } from '../../core/json.ts';
import type { Assign, QueryLanguage } from '../ast.ts';
import type { Template } from '../template.ts';

/** Writes a template as the value of a field; its paths and calls as members whose names end in `.$`. */
export function printTemplate(template: Template): Json {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'array':
      return template.items.map(printTemplate);
    case 'object':
      return Object.fromEntries(
        template.members.map(({ name, value }) => [memberName(name, value), printTemplate(value)]),
      );
    case 'jsonata':
      return `{% ${template.expression.source} %}`;
    case 'path':
      return template.path.text;
    case 'intrinsic':
      return template.call.text;
  }
}

function memberName(name: string, value: Template): string {
  return isDynamic(value) ? `${name}.$` : name;
}

function isDynamic({ kind }: Template): boolean {
  return kind === 'path' || kind === 'intrinsic';
}

/** Writes a field that holds a template, where there is one. */
export function printField(name: string, template: Template | undefined): JsonObject {
  return template === undefined ? {} : { [name]: printTemplate(template) };
}

/** Writes a field that takes a value or, by its `…Path` twin, a path or call that leads to one. */
export function printValueOrPath(name: string, template: Template | undefined): JsonObject {
  if (template === undefined) return {};
  return printField(isDynamic(template) ? `${name}Path` : name, template);
}

/** Writes the field of what a call is given, as the query language names it. */
export function printArguments(
  language: QueryLanguage,
  template: Template | undefined,
): JsonObject {
  return printField(language === 'JSONata' ? 'Arguments' : 'Parameters', template);
}

/** Writes `Assign`, where there is one. */
export function printAssign(assign: Assign | undefined): JsonObject {
  if (assign === undefined) return {};
  const members = [...assign].map(([name, value]) => [
    memberName(name, value),
    printTemplate(value),
  ]);
  return { Assign: Object.fromEntries(members) };
}
