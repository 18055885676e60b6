import { describe, expect, test } from '@jest/globals';
import { parseStateMachine } from '../../states-language/parse/parse-state-machine.ts';
import { forkDefinition, VARIABLES_STATE } from './fork-definition.ts';

const MACHINE = {
  StartAt: 'First',
  TimeoutSeconds: 60,
  States: {
    First: { Type: 'Pass', Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'One',
        States: { One: { Type: 'Pass', Next: 'Two' }, Two: { Type: 'Pass', End: true } },
      },
      Next: 'Last',
    },
    Last: { Type: 'Succeed' },
  },
};

describe('forkDefinition()', () => {
  test('begins at another state, without those that nothing leads to any more', () => {
    expect(forkDefinition(MACHINE, { stateName: 'Last', variables: {} })).toEqual({
      Comment: 'Forked at Last',
      StartAt: 'Last',
      States: { Last: MACHINE.States.Last },
    });
  });

  test('takes the states of a Map alone for a state inside it', () => {
    const fork = forkDefinition(MACHINE, { stateName: 'Two', variables: {} });

    expect(fork).toMatchObject({ StartAt: 'Two' });
    expect(Object.keys(Object(fork?.['States']))).toEqual(['Two']);
  });

  test('assigns the variables first, as values and never as expressions', () => {
    const variables = { order: { id: 7 }, note: ['{% $danger %}'] };

    const fork = forkDefinition(MACHINE, { stateName: 'Last', variables });

    expect(fork).toMatchObject({
      StartAt: VARIABLES_STATE,
      States: {
        [VARIABLES_STATE]: {
          Assign: { order: { id: 7 }, note: ['{% "{% $danger %}" %}'] },
          Next: 'Last',
        },
      },
    });
    expect(parseStateMachine(fork ?? null).ok).toBe(true);
  });

  test('finds no state that is not there', () => {
    expect(forkDefinition(MACHINE, { stateName: 'Nowhere', variables: {} })).toBeUndefined();
  });
});
