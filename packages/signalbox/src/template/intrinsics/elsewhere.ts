import { type Node, textNode, textOf, valueAt } from '../document/node.ts';
import { broken, textPart } from './arguments.ts';
import type { Call, TemplateScope } from './scope.ts';

/** `Fn::ImportValue`: the export of a stack of the same project, or a value that is made up. */
export function importValue(call: Call): Node {
  const name = textPart(call, call.argument, 'its name');
  if (name === undefined) return broken(call);
  const exported = call.scope.exported(name);
  if (exported !== undefined) return textNode(exported, call.place);
  const message = `${call.name} reads the exports of other stacks, and the rehearsal has none: take a parameter`;
  const remark = { kind: 'value', subject: `import ${name}` } as const;
  if (!call.scope.report.unrehearsed(call.place, remark, message)) return broken(call);
  return textNode(name, call.place);
}

const INCLUDE = 'AWS::Include';

/** `Fn::Transform`: a file of the project that AWS::Include puts in; any other macro runs in the cloud, and gives nothing. */
export function transform(call: Call): Node | undefined {
  const name = textOf(valueAt(call.argument, 'Name'));
  const location = valueAt(valueAt(call.argument, 'Parameters'), 'Location');
  const resolved = location && call.resolve(location);
  const path = textOf(resolved);
  if (name === INCLUDE && path !== undefined && !/^(s3|https?):/.test(path)) {
    const included = call.scope.include(path, call.place);
    return included === undefined ? broken(call) : call.resolve(included);
  }
  const message = 'runs a macro in the cloud: write what it would give into the template';
  const subject = `Fn::Transform ${name ?? ''}`.trim();
  const remark = { kind: 'property', subject } as const;
  if (call.scope.report.unrehearsed(call.place, remark, `${call.name} ${message}`))
    return undefined;
  return broken(call);
}

const REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]+)\}\}/g;

/**
 * Replaces dynamic references by what parameters and secrets of the same template say; what is elsewhere is
 * made up of its name.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function withDynamicReferences(text: string, node: Node, scope: TemplateScope): Node {
  let isKnown = true;
  const resolved = text.replace(REFERENCE, (whole, service: string, key: string) => {
    const value = scope.secret(service, key);
    if (value !== undefined) return value;
    const message = `${whole} is a dynamic reference, which the rehearsal does not follow: use Ref, or a parameter`;
    const remark = { kind: 'value', subject: whole } as const;
    isKnown = scope.report.unrehearsed(node.place, remark, message) && isKnown;
    return key.split(':')[0]?.split('/').at(-1) ?? key;
  });
  return isKnown ? textNode(resolved, node.place) : { kind: 'broken', place: node.place };
}
