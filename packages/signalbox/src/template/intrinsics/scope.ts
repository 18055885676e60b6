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
  /** The value of an export; undefined where no stack that is read has it. */
  exported(name: string): string | undefined;
  /** The content of a file that the template includes; undefined when its problem is reported. */
  include(path: string, place: NodePlace): Node | undefined;
  /** The value of a dynamic reference such as `ssm` `/name`; undefined where the template has no such resource. */
  secret(service: string, key: string): string | undefined;
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
