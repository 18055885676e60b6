import type {
  ListEventBusesCommandOutput,
  ListTargetsByRuleCommandOutput,
} from '@aws-sdk/client-eventbridge';
import type { DescribeStateMachineOutput } from '@aws-sdk/client-sfn';
import { parseJson } from '../../core/json.ts';
import { parseStateMachine } from '../../states-language/parse/parse-state-machine.ts';
import { calledResources } from '../graph/called-resources.ts';
import { busRules } from './bus-rules.ts';
import type { ConsoleCall } from './console-options.ts';
import { listedMachines } from './live-executions.ts';

/** A thing on the map. */
export interface MapNode {
  readonly id: string;
  readonly kind: 'bus' | 'rule' | 'workflow' | 'function' | 'table' | 'queue' | 'topic';
  readonly name: string;
  readonly arn: string | undefined;
}

/** The platform: buses → rules → workflows → functions, tables, queues and topics. */
export interface PlatformMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** Collects nodes and edges; a thing that is named twice is one node. */
class MapSketch {
  readonly nodes = new Map<string, MapNode>();
  readonly edges = new Map<string, { from: string; to: string }>();

  add(kind: MapNode['kind'], name: string, arn?: string): string {
    const id = `${kind} ${name}`;
    const known = this.nodes.get(id);
    this.nodes.set(id, { id, kind, name, arn: arn ?? known?.arn });
    return id;
  }

  link(from: string, to: string): void {
    if (from !== to) this.edges.set(`${from}>${to}`, { from, to });
  }
}

/** Draws the map from what AWS's APIs say of rules, targets and definitions. */
export async function platformMap(call: ConsoleCall): Promise<PlatformMap> {
  const sketch = new MapSketch();
  await Promise.all([addWorkflows(call, sketch), addBuses(call, sketch)]);
  return { nodes: [...sketch.nodes.values()], edges: [...sketch.edges.values()] };
}

async function addWorkflows(call: ConsoleCall, sketch: MapSketch): Promise<void> {
  const arns = await listedMachines(call, true);
  await Promise.all(arns.map((arn) => addWorkflow(call, sketch, arn)));
}

async function addWorkflow(call: ConsoleCall, sketch: MapSketch, arn: string): Promise<void> {
  const found: Partial<DescribeStateMachineOutput> = await call('states', 'DescribeStateMachine', {
    stateMachineArn: arn,
  });
  const id = sketch.add('workflow', found.name ?? '', arn);
  const definition = parseJson(found.definition ?? '');
  const parsed = definition === undefined ? undefined : parseStateMachine(definition);
  if (parsed?.ok !== true) return;
  for (const { kind, name } of calledResources(parsed.value)) {
    sketch.link(id, sketch.add(kind, name));
  }
}

async function addBuses(call: ConsoleCall, sketch: MapSketch): Promise<void> {
  const found: Partial<ListEventBusesCommandOutput> = await call('events', 'ListEventBuses', {});
  const names = (found.EventBuses ?? []).flatMap(({ Name }) => Name ?? []);
  await Promise.all(names.map((name) => addRules(call, sketch, name)));
}

async function addRules(call: ConsoleCall, sketch: MapSketch, bus: string): Promise<void> {
  for (const { Name = '', Arn } of await busRules(call, bus)) {
    const rule = sketch.add('rule', Name, Arn);
    sketch.link(sketch.add('bus', bus), rule);
    await addTargets(call, sketch, { rule, Rule: Name, EventBusName: bus });
  }
}

async function addTargets(
  call: ConsoleCall,
  sketch: MapSketch,
  {
    rule,
    ...input
  }: { readonly rule: string; readonly Rule: string; readonly EventBusName: string },
): Promise<void> {
  const found: Partial<ListTargetsByRuleCommandOutput> = await call(
    'events',
    'ListTargetsByRule',
    input,
  );
  for (const { Arn = '' } of found.Targets ?? []) {
    const kind = kindOf(Arn);
    if (kind !== undefined) {
      sketch.link(rule, sketch.add(kind, Arn.split(/[:/]/).at(-1) ?? '', Arn));
    }
  }
}

const KINDS: Readonly<Record<string, MapNode['kind']>> = {
  states: 'workflow',
  lambda: 'function',
  sqs: 'queue',
  sns: 'topic',
  events: 'bus',
};

function kindOf(arn: string): MapNode['kind'] | undefined {
  return KINDS[arn.split(':')[2] ?? ''];
}
