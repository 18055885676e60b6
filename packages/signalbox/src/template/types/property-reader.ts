import { isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts';
import { setOwnMember } from '../../core/names/own-member.ts';
import {
  isBroken,
  kindOf,
  type Node,
  type NodePlace,
  textOf,
  toJson,
  valueAt,
} from '../document/node.ts';
import type { Report } from '../report.ts';

/** Reads a map of resolved properties, and reports what is not of the wanted type. */
export class PropertyReader {
  readonly #node: Node;
  readonly #what: string;
  readonly #report: Report;

  /** `what` names the map in messages, such as `AWS::SQS::Queue OrdersQueue`. */
  constructor(node: Node, what: string, report: Report) {
    this.#node = node;
    this.#what = what;
    this.#report = report;
  }

  get place(): NodePlace {
    return this.#node.place;
  }

  get names(): readonly string[] {
    return this.#node.kind === 'map' ? this.#node.entries.map(({ key }) => key) : [];
  }

  /** A property's node; undefined when it is absent, or its problem is reported. */
  node(name: string): Node | undefined {
    const node = valueAt(this.#node, name);
    return node?.kind === 'broken' ? undefined : node;
  }

  has(name: string): boolean {
    return valueAt(this.#node, name) !== undefined;
  }

  /** Returns the place of a property; that of the map, when the property is absent. */
  placeOf(name: string): NodePlace {
    return valueAt(this.#node, name)?.place ?? this.#node.place;
  }

  /** Reports something about a property, at its line. */
  refuse(name: string, message: string): void {
    this.#report.at(this.placeOf(name), `${this.#what}: ${message}`);
  }

  text(name: string): string | undefined {
    const node = this.node(name);
    const text = textOf(node);
    if (node !== undefined && text === undefined) this.#wrongType(name, node, 'a string');
    return text;
  }

  /** A text that must be there; empty when reported. */
  requiredText(name: string): string {
    const article = /^[AEIOU]/.test(name) ? 'an' : 'a';
    if (!this.has(name)) this.refuse(name, `it needs ${article} ${name}`);
    return this.text(name) ?? '';
  }

  /** A text out of a closed list. */
  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const text = this.text(name);
    const choice = choices.find((candidate) => candidate === text);
    if (text !== undefined && choice === undefined) {
      this.refuse(name, `${name} must be one of ${choices.join(', ')}, not ${text}`);
    }
    return choice ?? fallback;
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) return value;
    this.refuse(name, `${name} must be a number, not ${text}`);
    return undefined;
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined || text === 'true' || text === 'false') {
      return text === undefined ? undefined : text === 'true';
    }
    this.refuse(name, `${name} must be true or false, not ${text}`);
    return undefined;
  }

  /** A list's items; a single value counts as a list of one, as CloudFormation takes it. */
  items(name: string): readonly Node[] {
    const node = this.node(name);
    if (node === undefined) return [];
    return (node.kind === 'list' ? node.items : [node]).filter((item) => !isBroken(item));
  }

  texts(name: string): readonly string[] {
    return this.items(name).flatMap((item) => {
      const text = textOf(item);
      if (text === undefined) this.#wrongType(name, item, 'a list of strings');
      return text ?? [];
    });
  }

  /** A map of strings. */
  record(name: string): Readonly<Record<string, string>> {
    const node = this.node(name);
    if (node !== undefined && node.kind !== 'map') this.#wrongType(name, node, 'a map of strings');
    const record: Record<string, string> = {};
    for (const { key, value } of node?.kind === 'map' ? node.entries : []) {
      const text = textOf(value);
      if (text !== undefined) setOwnMember(record, key, text);
      else if (value.kind !== 'broken') this.#wrongType(`${name}.${key}`, value, 'a string');
    }
    return record;
  }

  json(name: string): Json | undefined {
    const node = this.node(name);
    return node === undefined ? undefined : toJson(node);
  }

  /** A JSON object; a text that holds one counts too, as CloudFormation takes it. */
  jsonObject(name: string): JsonObject | undefined {
    const node = this.node(name);
    const json = node === undefined ? undefined : toJson(node);
    const object = typeof json === 'string' ? parseJson(json) : json;
    if (isJsonObject(object)) return object;
    if (node !== undefined) this.#wrongType(name, node, 'a map');
    return undefined;
  }

  /** A reader of a property that is a map; of an empty map when it is absent. */
  map(name: string): PropertyReader {
    const node = this.node(name);
    if (node !== undefined && node.kind !== 'map') this.#wrongType(name, node, 'a map');
    const map: Node = node?.kind === 'map' ? node : { kind: 'map', entries: [], place: this.place };
    return new PropertyReader(map, `${this.#what} ${name}`, this.#report);
  }

  /** Readers of a list of maps. */
  maps(name: string): readonly PropertyReader[] {
    return this.items(name).flatMap((item) => {
      if (item.kind === 'map')
        return [new PropertyReader(item, `${this.#what} ${name}`, this.#report)];
      this.#wrongType(name, item, 'a list of maps');
      return [];
    });
  }

  #wrongType(name: string, node: Node, wanted: string): void {
    this.#report.at(node.place, `${this.#what}: ${name} must be ${wanted}, not ${kindOf(node)}`);
  }
}
