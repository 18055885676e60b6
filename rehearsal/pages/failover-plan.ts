import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type PageSection, physicalId, type StackPlace } from 'signalbox';
import { parsePlan } from '../../functions/failover/plan.ts';

/** The failover plan as a page shows it. */
export interface ShownPlan {
  readonly scenarios: readonly string[];
  readonly sections: readonly PageSection[];
}

/** Reads the plan: its objectives and waves, or why it cannot be read. */
export async function readPlan(place: StackPlace): Promise<ShownPlan> {
  const name = await physicalId(place, 'AWS::SSM::Parameter', 'DrPlan');
  const ssm = new SSMClient(place.client);
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
  const text = Parameter?.Value ?? '';
  try {
    return shown(text, place.client.region ?? 'us-east-1');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      scenarios: [],
      sections: [
        { kind: 'note', level: 'error', text: why },
        { kind: 'json', title: 'Plan', text },
      ],
    };
  }
}

function shown(text: string, region: string): ShownPlan {
  const plan = parsePlan(text, region);
  const { recoveryTimeObjectiveSeconds, recoveryPointObjectiveSeconds, approval } = plan;
  return {
    scenarios: Object.keys(plan.scenarios),
    sections: [
      {
        kind: 'facts',
        title: 'Plan',
        facts: [
          { label: 'Name', value: plan.name },
          { label: 'Recovery time objective', value: `${recoveryTimeObjectiveSeconds} s` },
          { label: 'Recovery point objective', value: `${recoveryPointObjectiveSeconds} s` },
          { label: 'Approval of a real one', value: approval.real },
          { label: 'Approval of an automatic one', value: approval.automatic },
          { label: 'Cool-down', value: `${plan.cooldownMinutes} min` },
        ],
      },
      {
        kind: 'table',
        title: 'Scenarios',
        columns: ['Scenario', 'Wave', 'Steps', 'Started by'],
        rows: Object.entries(plan.scenarios).flatMap(([scenario, { waves }]) =>
          waves.map((wave, at) => ({
            cells: [
              scenario,
              `${at + 1}. ${wave.name}`,
              wave.steps.map(({ kind }) => kind).join(', '),
              plan.triggers
                .filter((trigger) => trigger.scenario === scenario)
                .map((trigger) => ('alarm' in trigger ? trigger.alarm : Object.keys(trigger)[0]))
                .join(', '),
            ],
          })),
        ),
        empty: 'The plan has no scenario',
      },
      { kind: 'json', title: 'Plan as it is written', text },
    ],
  };
}
