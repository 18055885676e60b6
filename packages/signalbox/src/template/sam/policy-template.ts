import { ownMember } from '../../core/names/own-member.ts';
import { nearest } from '../../core/nearest.ts';
import { mapNode, type Node, type NodePlace, nodeOf, textNode, valueAt } from '../document/node.ts';
import type { Report } from '../report.ts';
import templates from './policy-templates.json' with { type: 'json' };

/** A policy template of SAM's: lists are words. */
interface PolicyTemplate {
  readonly parameters: string;
  readonly statements: readonly {
    readonly actions: string;
    /** Without partition; `@` stands for Region and account, `${Name}` for a parameter. */
    readonly resources: string;
    readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

const TEMPLATES: Readonly<Record<string, PolicyTemplate>> = templates;

/**
 * Writes the policy document of a policy template.
 * @param name Such as `DynamoDBCrudPolicy`.
 * @param given Its parameters.
 * @param report Takes a parameter that is missing or not one of its own.
 * @returns The document; undefined where SAM has no such template.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
 */
export function policyOfTemplate(name: string, given: Node, report: Report): Node | undefined {
  const template = ownMember(TEMPLATES, name);
  if (template === undefined) return undefined;
  const { place } = given;
  const parameters = template.parameters.split(' ').filter((parameter) => parameter !== '');
  checkParameters(name, parameters, given, report);
  const statements = template.statements.map(({ actions, resources, conditions }) =>
    mapNode(
      {
        Effect: textNode('Allow', place),
        Action: nodeOf(actions.split(' '), place),
        Resource: {
          kind: 'list',
          items: resources.split(' ').map((text) => substituted(text, parameters, given)),
          place,
        },
        Condition: conditions && conditionNode(conditions, parameters, given),
      },
      place,
    ),
  );
  return mapNode(
    {
      Version: textNode('2012-10-17', place),
      Statement: { kind: 'list', items: statements, place },
    },
    place,
  );
}

function checkParameters(
  name: string,
  parameters: readonly string[],
  given: Node,
  report: Report,
): void {
  for (const { key, place } of given.kind === 'map' ? given.entries : []) {
    if (parameters.includes(key)) continue;
    report.unknown(place, `${name} has no parameter ${key}`, key, parameters);
  }
  for (const parameter of parameters) {
    if (valueAt(given, parameter) !== undefined) continue;
    report.at(given.place, `${name} needs its parameter ${parameter}`);
  }
}

/** The text as a Sub, with the parameters as its variables. */
function substituted(text: string, parameters: readonly string[], given: Node): Node {
  const { place } = given;
  const whole = text
    .replace(/^arn:/, () => 'arn:${AWS::Partition}:')
    .replaceAll('@', () => '${AWS::Region}:${AWS::AccountId}');
  const used = parameters.filter((name) => whole.includes(`\${${name}}`));
  const values = used.map((name) => [name, valueAt(given, name)] as const);
  const argument = [textNode(whole, place), mapNode(Object.fromEntries(values), place)];
  return mapNode({ 'Fn::Sub': { kind: 'list', items: argument, place } }, place);
}

function conditionNode(
  conditions: Readonly<Record<string, Readonly<Record<string, string>>>>,
  parameters: readonly string[],
  given: Node,
): Node {
  const place: NodePlace = given.place;
  const operators = Object.entries(conditions).map(([operator, keys]) => {
    const values = Object.entries(keys).map(
      ([key, text]) => [key, substituted(text, parameters, given)] as const,
    );
    return [operator, mapNode(Object.fromEntries(values), place)] as const;
  });
  return mapNode(Object.fromEntries(operators), place);
}

/** The nearest name of a policy template; undefined where none is near. */
export function nearestTemplate(name: string): string | undefined {
  return nearest(name, Object.keys(TEMPLATES));
}
