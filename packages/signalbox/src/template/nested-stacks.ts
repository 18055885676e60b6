import { posix } from 'node:path';
import { entryOf, type Node, type NodePlace, textOf } from './document/node.ts';
import type { Files } from './files.ts';
import { resolve } from './intrinsics/resolve.ts';
import type { TemplateScope } from './intrinsics/scope.ts';
import type { Outputs } from './outputs.ts';
import type { GivenParameters } from './parameters.ts';
import type { Resource } from './sections.ts';

/** The stacks that a template's resources stand for, each read when it is first asked for. */
export interface NestedStacks<Read> {
  /** Undefined when its problem is reported. */
  of(resource: Resource): Read | undefined;
  /** The value of `Fn::GetAtt` of one; undefined when its problem is reported. */
  outputsOf(resource: Resource): Outputs | undefined;
}

/** The means by which a template reads those of its nested stacks. */
export interface Nesting<Read> {
  readonly files: Files;
  /** The template's file, after those that it is nested in. */
  readonly chain: readonly string[];
  scopeOf(): TemplateScope;
  read(resource: Resource, file: string, given: GivenParameters): Read | undefined;
}

/** Reads nested stacks on demand, so that one may pass its outputs to the other. */
export function createNestedStacks<Read extends { readonly outputs: Outputs }>(
  nesting: Nesting<Read>,
): NestedStacks<Read> {
  const known = new Map<string, Read | undefined>();
  const underWay: string[] = [];

  function of(resource: Resource): Read | undefined {
    const { logicalId, place } = resource;
    if (known.has(logicalId)) return known.get(logicalId);
    if (underWay.includes(logicalId)) {
      const circle = underWay.slice(underWay.indexOf(logicalId)).join(', ');
      nesting.scopeOf().report.at(place, `Circular dependency between nested stacks: ${circle}`);
      return undefined;
    }
    underWay.push(logicalId);
    const read = readNested(resource, nesting);
    underWay.pop();
    known.set(logicalId, read);
    return read;
  }

  return {
    of,
    outputsOf(resource) {
      const outputs = of(resource)?.outputs;
      return outputs && new Map([...outputs].map(([name, text]) => [`Outputs.${name}`, text]));
    },
  };
}

function readNested<Read>(resource: Resource, nesting: Nesting<Read>): Read | undefined {
  const location = entryOf(resource.properties, 'TemplateURL');
  const place = location?.place ?? resource.place;
  const file = fileOf(resource, location && resolve(location.value, nesting.scopeOf()), nesting);
  if (file === undefined) return undefined;
  if (nesting.chain.includes(file)) {
    const circle = [...nesting.chain, file].join(', ');
    nesting.scopeOf().report.at(place, `${resource.logicalId} nests its own template: ${circle}`);
    return undefined;
  }
  return nesting.read(resource, file, givenTo(resource, file, nesting.scopeOf()));
}

function fileOf<Read>(
  resource: Resource,
  location: Node | undefined,
  { files, scopeOf }: Nesting<Read>,
): string | undefined {
  const { logicalId } = resource;
  const text = textOf(location);
  if (text !== undefined && !/^(https?|s3):/.test(text)) {
    return files.relative(posix.normalize(text));
  }
  if (location?.kind === 'broken') return undefined;
  const asset = text === undefined ? undefined : files.asset(text);
  if (asset !== undefined) return asset;
  const { report } = scopeOf();
  const message =
    text === undefined ? needsTemplate(logicalId) : `${needsTemplate(logicalId)}, not ${text}`;
  const remark = { kind: 'type', subject: `nested stack ${logicalId}` } as const;
  report.unrehearsed(location?.place ?? resource.place, remark, message);
  return undefined;
}

function needsTemplate(logicalId: string): string {
  return `${logicalId}: the rehearsal reads a nested template as a file of the project`;
}

function givenTo(resource: Resource, file: string, scope: TemplateScope): GivenParameters {
  const { logicalId } = resource;
  const entry = entryOf(resource.properties, 'Parameters');
  const node = entry && resolve(entry.value, scope);
  const values = new Map<string, string | undefined>();
  const places = new Map<string, NodePlace>();
  for (const { key, place, value } of node?.kind === 'map' ? node.entries : []) {
    const text = textOf(value);
    if (text === undefined && value.kind !== 'broken') {
      const message = `${logicalId}: parameter ${key} of a nested stack is a string: write a list with !Join`;
      scope.report.at(value.place, message);
    }
    values.set(key, text);
    places.set(key, place);
  }
  return {
    values,
    template: file,
    remedy: `pass it to ${logicalId} (${resource.place.file}:${resource.place.line})`,
    placeOf: (name) => places.get(name) ?? resource.place,
  };
}
