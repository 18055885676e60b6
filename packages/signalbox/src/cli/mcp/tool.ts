import type { Json, JsonObject } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import type { Session } from '../session.ts';
import { INVALID_PARAMS, RpcError } from './json-rpc.ts';

/** An argument of a tool. */
export interface ToolArgument {
  /** `json` takes any value. */
  readonly type: 'string' | 'boolean' | 'json';
  readonly description: string;
  readonly required?: true;
}

/** A tool of the Model Context Protocol. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly arguments: Readonly<Record<string, ToolArgument>>;
  /** Whether it changes nothing in the rehearsal. */
  readonly isReadOnly: boolean;
  /** Runs it on a rehearsal; what is returned becomes JSON text for the agent. */
  run(session: Session, given: ToolArguments): Promise<object>;
}

/** The arguments that a tool was called with. */
export class ToolArguments {
  readonly #given: JsonObject;

  /** @throws {RpcError} For an argument that is missing, not known, or of another type. */
  constructor(tool: Tool, given: JsonObject) {
    this.#given = given;
    for (const name of Object.keys(given)) {
      if (ownMember(tool.arguments, name) !== undefined) continue;
      const known = Object.keys(tool.arguments).join(', ') || 'none';
      throw refused(`${tool.name} has no argument ${name}; it takes ${known}`);
    }
    for (const [name, { type, required }] of Object.entries(tool.arguments)) {
      const value = ownMember(given, name);
      if (value === undefined && required) throw refused(`${tool.name} needs ${name}`);
      const isRight = value === undefined || type === 'json' || typeof value === type;
      if (!isRight) throw refused(`${name} of ${tool.name} must be a ${type}`);
    }
  }

  text(name: string): string | undefined {
    const value = ownMember(this.#given, name);
    return typeof value === 'string' ? value : undefined;
  }

  /** The text of a required argument. */
  needed(name: string): string {
    return this.text(name) ?? '';
  }

  flag(name: string): boolean | undefined {
    const value = ownMember(this.#given, name);
    return typeof value === 'boolean' ? value : undefined;
  }

  /** A value as JSON text; agents give JSON as a value, or as a text that holds it. */
  json(name: string): string | undefined {
    const value: Json | undefined = ownMember(this.#given, name);
    if (value === undefined) return undefined;
    return typeof value === 'string' && isJson(value) ? value : JSON.stringify(value);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The JSON Schema of a tool's arguments. */
export function inputSchemaOf({ arguments: named }: Tool): object {
  const properties = Object.fromEntries(
    Object.entries(named).map(([name, { type, description }]) => [
      name,
      type === 'json' ? { description } : { type, description },
    ]),
  );
  const required = Object.keys(named).filter((name) => named[name]?.required);
  return { type: 'object', properties, required, additionalProperties: false };
}

function refused(message: string): RpcError {
  return new RpcError(INVALID_PARAMS, message);
}
