import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument as parseYaml,
  type Scalar,
  type YAMLMap,
  type Node as YamlNode,
} from 'yaml';
import type { Report } from '../report.ts';
import { anchoredNodes } from './anchored-nodes.ts';
import { parseIndented } from './indent-flow.ts';
import type { MapEntry, Node, NodePlace, ScalarNode } from './node.ts';
import { fullForm, SHORT_TAGS } from './tags.ts';

/** A text to parse, and in whose manner. */
export interface Source {
  /** Relative to the project's root. */
  readonly file: string;
  readonly text: string;
  /**
   * A `template` is read as the SAM CLI does: YAML 1.1 with anchors, merges and short tags.
   * A `definition` is read as CloudFormation's state machine handler does, which knows none of these.
   */
  readonly dialect: 'template' | 'definition';
}

/** Parses YAML or JSON into nodes that know their places; undefined when it does not parse. */
export function parseDocument(source: Source, report: Report): Node | undefined {
  const isTemplate = source.dialect === 'template';
  const parsed = isTemplate
    ? parseIndented(source.text, (text) => parse(text, source.dialect))
    : parse(source.text, source.dialect);
  const { document } = parsed;
  const reading: Reading = {
    source: { ...source, text: parsed.text },
    lines: parsed.lines,
    anchored: anchoredNodes(document),
    report,
    expanded: new Map(),
    expanding: new Set(),
    nodes: 0,
  };
  for (const error of document.errors) {
    report.syntax(placeAt(reading, error.pos[0]), error.message);
  }
  if (document.errors.length > 0) return undefined;
  return toNode(document.contents, reading);
}

interface Parsed {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly errors: Document['errors'];
  readonly lines: LineCounter;
}

function parse(text: string, dialect: Source['dialect']): Parsed {
  const lines = new LineCounter();
  const document = parseYaml(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    version: dialect === 'template' ? '1.1' : '1.2',
    // The entries are counted where it is known whether one too many is refused.
    uniqueKeys: dialect !== 'template',
    customTags: (tags) =>
      tags.filter(
        (tag) =>
          typeof tag === 'string' ||
          !/timestamp|binary|omap|pairs|set|merge$/.test(String(tag.tag)),
      ),
  });
  return { text, document, errors: document.errors, lines };
}

interface Reading {
  readonly source: Source;
  readonly lines: LineCounter;
  /** The node of each alias's anchor. */
  readonly anchored: ReadonlyMap<Alias, YamlNode>;
  readonly report: Report;
  /** Anchors that were expanded once: their nodes stand at every alias, and count again. */
  readonly expanded: Map<YamlNode, ExpandedAnchor>;
  readonly expanding: Set<YamlNode>;
  /** The number of nodes so far, those of aliases counted at each. */
  nodes: number;
}

interface ExpandedAnchor {
  readonly node: Node;
  readonly nodes: number;
}

/** More nodes than any template has, and fewer than a YAML bomb needs. */
const MAX_NODES = 1_000_000;

function placeAt({ source, lines }: Reading, offset: number): NodePlace {
  const { line, col } = lines.linePos(offset);
  return { file: source.file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function toNode(yaml: unknown, reading: Reading): Node {
  reading.nodes += 1;
  if (isAlias(yaml)) return aliased(yaml, reading);
  if (!isScalar(yaml) && !isMap(yaml) && !isSeq(yaml)) {
    return { kind: 'scalar', value: null, text: '', place: placeAt(reading, 0) };
  }
  const start = yaml.range?.[0] ?? 0;
  const tag = yaml.tag?.startsWith('!') ? yaml.tag : undefined;
  if (tag === undefined) return untagged(yaml, placeAt(reading, start), reading);

  const place = placeAt(reading, reading.source.text.lastIndexOf(tag, start));
  const value = untagged(yaml, placeAt(reading, start), reading);
  if (reading.source.dialect === 'template' && SHORT_TAGS.includes(tag)) {
    return { kind: 'map', entries: [{ key: fullForm(tag), place, value }], place };
  }
  reading.report.unknown(
    place,
    reading.source.dialect === 'template'
      ? `${tag} is no CloudFormation function`
      : `${tag} is not resolved in a definition file: name a DefinitionSubstitution in its place`,
    tag,
    reading.source.dialect === 'template' ? SHORT_TAGS : [],
  );
  return { kind: 'broken', place };
}

function untagged(yaml: unknown, place: NodePlace, reading: Reading): Node {
  if (isMap(yaml)) return { kind: 'map', entries: entriesOf(yaml, reading), place };
  if (isSeq(yaml)) {
    return { kind: 'list', items: yaml.items.map((item) => toNode(item, reading)), place };
  }
  return isScalar(yaml) ? scalarNode(yaml, place) : { kind: 'broken', place };
}

function scalarNode(scalar: Scalar, place: NodePlace): ScalarNode {
  const { value } = scalar;
  const source = scalar.source ?? '';
  // The reader of YAML 1.1 takes a lone period for a number; AWS's tools take it for a directory.
  if (typeof value === 'number' && !(Number.isNaN(value) && !/nan/i.test(source))) {
    const written = /^-?(0|[1-9]\d*)(\.\d+)?$/.test(source);
    return { kind: 'scalar', value, text: written ? source : String(value), place };
  }
  // The YAML 1.1 readers of AWS's tools take yes and on for true, but leave y alone.
  if (typeof value === 'boolean' && !/^[yYnN]$/.test(source)) {
    return { kind: 'scalar', value, text: String(value), place };
  }
  if (value === null || value === undefined) {
    return { kind: 'scalar', value: null, text: '', place };
  }
  const text = typeof value === 'string' ? value : source;
  return { kind: 'scalar', value: text, text, place };
}

function entriesOf(map: YAMLMap, reading: Reading): readonly MapEntry[] {
  const own: MapEntry[] = [];
  const merged: MapEntry[] = [];
  for (const pair of map.items) {
    const place = placeAt(reading, isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0);
    const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : undefined;
    if (key === undefined) reading.report.at(place, 'A key must be plain text');
    else if (key === '<<') merged.push(...mergedEntries(pair.value, place, reading));
    else own.push({ key, place, value: valueNode(pair.value, place, reading) });
  }
  const unique = withoutDoubles(own, reading.report);
  const taken = new Set(unique.map(({ key }) => key));
  for (const entry of merged) {
    if (taken.has(entry.key)) continue;
    taken.add(entry.key);
    unique.push(entry);
  }
  return unique;
}

/** AWS's tools take the last of two entries with one key. */
function withoutDoubles(entries: readonly MapEntry[], report: Report): MapEntry[] {
  const byKey = new Map<string, MapEntry>();
  for (const entry of entries) {
    const { key, place } = entry;
    const message = 'Map keys must be unique';
    const remark = { kind: 'property', subject: `the first of two keys ${key}` } as const;
    if (byKey.has(key)) report.unrehearsed(place, remark, message);
    byKey.set(key, entry);
  }
  return [...byKey.values()];
}

function valueNode(value: unknown, place: NodePlace, reading: Reading): Node {
  return value === null ? { kind: 'scalar', value: null, text: '', place } : toNode(value, reading);
}

function mergedEntries(value: unknown, place: NodePlace, reading: Reading): readonly MapEntry[] {
  if (reading.source.dialect === 'definition') {
    reading.report.at(place, '<< is not merged in a definition file: write the keys out');
    return [];
  }
  const node = toNode(value, reading);
  if (node.kind === 'map') return node.entries;
  if (node.kind === 'list')
    return node.items.flatMap((item) => (item.kind === 'map' ? item.entries : []));
  reading.report.at(place, '<< takes an alias of a map, such as <<: *defaults');
  return [];
}

function aliased(alias: Alias, reading: Reading): Node {
  const place = placeAt(reading, alias.range?.[0] ?? 0);
  if (reading.source.dialect === 'definition') {
    // CloudFormation reads the file by Jackson, which puts the anchor's name in the alias's place.
    reading.report.at(
      place,
      `*${alias.source} is not resolved in a definition file: write the value out`,
    );
    return { kind: 'broken', place };
  }
  const target = reading.anchored.get(alias);
  const expanded = target && expand(target, reading);
  if (expanded !== undefined && reading.nodes <= MAX_NODES) return expanded;
  reading.report.at(place, `*${alias.source} contains itself, or too many others`);
  return { kind: 'broken', place };
}

/** Expands an anchor's node; undefined where it contains itself. */
function expand(target: YamlNode, reading: Reading): Node | undefined {
  const known = reading.expanded.get(target);
  if (known !== undefined) {
    reading.nodes += known.nodes;
    return known.node;
  }
  if (reading.expanding.has(target)) return undefined;
  reading.expanding.add(target);
  const before = reading.nodes;
  const node = toNode(target, reading);
  reading.expanding.delete(target);
  reading.expanded.set(target, { node, nodes: reading.nodes - before });
  return node;
}
