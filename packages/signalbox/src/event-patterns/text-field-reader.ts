import { JsonSkipper } from '../core/json-text/json-skipper.ts';
import { type EventFields, FieldKeeper, type PathTree } from './event-fields.ts';
import type { Leaf } from './leaf.ts';

/** A node of the tree of paths, with what is remembered of the object being read. */
interface TextNode {
  readonly slot: number;
  readonly children: ReadonlyMap<string, TextNode>;
  /** Whether a name of so many characters is among the children's: most that are not are passed over by it. */
  readonly lengths: readonly boolean[];
  /** The last object in which the name was seen: one that says it twice is unusual. */
  seenIn: number;
}

const QUOTE = 34;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const OPEN_OBJECT = 123;
const NO_ARRAYS: readonly number[] = [];

/**
 * Reads from the texts of events the values at the tree's paths and passes over all others: what
 * `readFields` finds in the parsed event, in a fraction of the time that it takes to parse it.
 */
export class TextFieldReader {
  private readonly root: TextNode;
  private objectCount = 0;
  private readonly json = new JsonSkipper();
  private fields = new FieldKeeper();

  constructor(tree: PathTree) {
    this.root = nodeOf(tree);
  }

  /**
   * Reads an event's text.
   * @returns Undefined where the text must be parsed to know: it is no JSON object, says something
   * twice, or writes a name with a dot or an escape where names matter.
   */
  read(text: string): EventFields | undefined {
    this.json.load(text);
    this.fields = new FieldKeeper();
    const isRead = this.readObject(this.root, NO_ARRAYS) && this.json.isAtEnd();
    return isRead ? this.fields : undefined;
  }

  private readObject(node: TextNode, arrays: readonly number[]): boolean {
    const { json } = this;
    if (!json.openObject()) return false;
    if (json.closeObject()) return true;
    this.objectCount += 1;
    const object = this.objectCount;
    do {
      if (!this.readMember(node, object, arrays)) return false;
    } while (json.skipComma());
    return json.closeObject();
  }

  private readMember(node: TextNode, object: number, arrays: readonly number[]): boolean {
    const { json } = this;
    json.next();
    const start = json.at + 1;
    if (!json.skipPlainName()) return false;
    const child = childAt(node, json.text, start, json.at - 1);
    if (!json.skipColon()) return false;
    if (child === undefined) return json.skipValue();
    if (child.seenIn === object) return false;
    child.seenIn = object;
    return this.readValue(child, arrays);
  }

  private readValue(node: TextNode, arrays: readonly number[]): boolean {
    switch (this.json.next()) {
      case OPEN_OBJECT:
        return node.children.size > 0 ? this.readObject(node, arrays) : this.json.skipValue();
      case OPEN_ARRAY:
        return this.readArray(node, arrays);
      default:
        return node.slot >= 0 ? this.readLeaf(node.slot, arrays) : this.json.skipValue();
    }
  }

  private readArray(node: TextNode, arrays: readonly number[]): boolean {
    const { json } = this;
    const number = this.fields.nextArray();
    if (!json.openArray()) return false;
    if (json.closeArray()) return true;
    let index = 0;
    do {
      const code = json.next();
      const isLeaf = code !== OPEN_OBJECT && code !== OPEN_ARRAY;
      if (!this.readValue(node, isLeaf ? arrays : [...arrays, number, index])) return false;
      index += 1;
    } while (json.skipComma());
    return json.closeArray();
  }

  private readLeaf(slot: number, arrays: readonly number[]): boolean {
    const { json } = this;
    const start = json.at;
    if (!json.skipValue()) return false;
    this.fields.keep(this.leafBetween(start, json.at), slot, arrays);
    return true;
  }

  private leafBetween(start: number, end: number): Leaf {
    const { text } = this.json;
    const code = text.charCodeAt(start);
    if (code === MINUS || (code >= ZERO && code <= NINE)) return Number(text.slice(start, end));
    const isPlainString = code === QUOTE && !this.json.hasCode(BACKSLASH, start, end);
    return isPlainString ? text.slice(start + 1, end - 1) : JSON.parse(text.slice(start, end));
  }
}

function nodeOf({ slot, children }: PathTree): TextNode {
  const lengths: boolean[] = [];
  for (const name of children.keys()) lengths[name.length] = true;
  const nodes = new Map([...children].map(([name, child]) => [name, nodeOf(child)]));
  return { slot, children: nodes, lengths, seenIn: 0 };
}

function childAt(node: TextNode, text: string, start: number, end: number): TextNode | undefined {
  return node.lengths[end - start] === true ? node.children.get(text.slice(start, end)) : undefined;
}
