import { ownMember } from '../core/names/own-member.ts';
import { type Node, valueAt } from './document/node.ts';
import constraints from './property-constraints.json' with { type: 'json' };
import type { Report } from './report.ts';

/** What AWS demands of a property beyond its type. */
interface PropertyConstraint {
  readonly enum?: readonly string[];
  /** The least length of a text or list, or the least number. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly isNumber?: boolean;
}

type Constraints = Readonly<Record<string, Readonly<Record<string, PropertyConstraint>>>>;
/** By type and path; `*` is each of a list or map. Made by make-property-constraints.mjs. */
const CONSTRAINTS: Constraints = constraints;

/**
 * Refuses what AWS would refuse when it makes the resource. Only what is written out is looked at: what a
 * function gives may be another text in another stack.
 *
 * @param written The properties as they are written, with functions such as `Ref` in them.
 */
export function checkProperties(type: string, written: Node, what: string, report: Report): void {
  for (const [path, constraint] of Object.entries(ownMember(CONSTRAINTS, type) ?? {})) {
    for (const node of nodesAt(written, path.split('.'))) {
      const fault = faultOf(node, constraint);
      // Who reads the resource may have said it in words of its own.
      if (fault === undefined || report.hasProblemAt(node.place)) continue;
      report.at(node.place, `${what}: ${path.replaceAll('.*', '[]')} ${fault}`);
    }
  }
}

function nodesAt(node: Node | undefined, [step, ...rest]: readonly string[]): readonly Node[] {
  if (node === undefined) return [];
  if (step === undefined) return [node];
  if (step !== '*') return nodesAt(valueAt(node, step), rest);
  if (node.kind === 'list') return node.items.flatMap((item) => nodesAt(item, rest));
  if (node.kind !== 'map' || isFunction(node)) return [];
  return node.entries.flatMap(({ value }) => nodesAt(value, rest));
}

function isFunction(node: Node): boolean {
  const [only] = node.kind === 'map' && node.entries.length === 1 ? node.entries : [];
  return only !== undefined && /^(?:Ref|Condition|Fn::\w+)$/.test(only.key);
}

/** What is wrong with a value; undefined where nothing is, or it is no scalar or list. */
function faultOf(node: Node, constraint: PropertyConstraint): string | undefined {
  if (node.kind === 'list') return boundsFault(node.items.length, constraint, 'members');
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const { text } = node;
  if (constraint.isNumber === true) {
    const value = Number(text);
    return Number.isNaN(value) ? undefined : boundsFault(value, constraint, '');
  }
  // A dynamic reference is filled in by CloudFormation.
  if (text.includes('{{resolve:')) return undefined;
  return (
    enumFault(text, constraint) ??
    boundsFault(text.length, constraint, 'characters') ??
    patternFault(text, constraint)
  );
}

function enumFault(text: string, { enum: members }: PropertyConstraint): string | undefined {
  if (members === undefined || members.includes(text)) return undefined;
  return `must be one of ${members.join(', ')}, not ${text}`;
}

function boundsFault(
  size: number,
  { min, max }: PropertyConstraint,
  unit: string,
): string | undefined {
  const of = (bound: number): string => (unit === '' ? `${bound}` : `${bound} ${unit}`);
  const verb = unit === '' ? 'be' : 'have';
  if (max !== undefined && size > max) return `must ${verb} ${of(max)} at most, not ${size}`;
  if (min !== undefined && size < min) return `must ${verb} ${of(min)} at least, not ${size}`;
  return undefined;
}

function patternFault(text: string, { pattern }: PropertyConstraint): string | undefined {
  if (pattern === undefined) return undefined;
  const fits = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
  return fits.test(text) ? undefined : `must fit the pattern ${pattern}, not ${text}`;
}
