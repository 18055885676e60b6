import type { Node, NodePlace } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Stack } from '../stack.ts';

/** The names that the functions of a template may refer to. */
export interface TemplateScope {
  readonly report: Report;
  readonly stack: Stack;
  /** The template names the `AWS::LanguageExtensions` transform. */
  readonly languageExtensions: boolean;
  readonly parameters: ReadonlyMap<string, Node>;
  readonly mappings: ReadonlyMap<string, Node>;
  /** The truth of a condition; undefined when its problem is reported. */
  condition(name: string, place: NodePlace): boolean | undefined;
  /** The value of `Ref` of a resource. */
  ref(logicalId: string, place: NodePlace): Node;
  /** The value of `Fn::GetAtt` of a resource. */
  attribute(logicalId: string, attribute: string, place: NodePlace): Node;
}

/** One call of an intrinsic function. */
export interface Call {
  readonly name: string;
  readonly argument: Node;
  readonly place: NodePlace;
  readonly scope: TemplateScope;
  /** Resolves a part of the argument; undefined means `AWS::NoValue`. */
  resolve(node: Node): Node | undefined;
}

/** Evaluates a call; undefined means `AWS::NoValue`. */
export type IntrinsicFunction = (call: Call) => Node | undefined;
