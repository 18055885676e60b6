import { describe, expect, test } from '@jest/globals';
import { readProject } from '../project/read-project.ts';
import { parseStateMachine } from '../states-language/parse/parse-state-machine.ts';
import { printStateMachine } from '../states-language/print/print-state-machine.ts';
import { normalisedDefinition } from './normalised-definition.ts';

const project = readProject(process.cwd(), {});

describe('normalisedDefinition()', () => {
  test.each(['OrderProcessingStateMachine', 'statemachines/order-processing/definition.asl.yaml'])(
    'finds a workflow by %s, and normalises it for good',
    (workflow) => {
      const definition = normalisedDefinition(project, workflow);
      const parsed = parseStateMachine(definition);

      expect(definition).toHaveProperty('StartAt', 'ValidateOrder');
      expect(JSON.stringify(definition)).not.toContain('${');
      expect(parsed.ok && printStateMachine(parsed.value)).toEqual(definition);
    },
  );

  test('names the workflows that there are', () => {
    expect(() => normalisedDefinition(project, 'Orders')).toThrow(
      /^No workflow "Orders": there is OrderProcessingStateMachine, /,
    );
  });
});
