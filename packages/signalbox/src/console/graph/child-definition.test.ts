import { describe, expect, test } from '@jest/globals';
import { childDefinition } from './child-definition.ts';

const states = { Check: { Type: 'Pass', End: true } };

function map(startAt: string, mode: string) {
  return {
    Type: 'Map',
    ItemProcessor: { ProcessorConfig: { Mode: mode }, StartAt: startAt, States: states },
    End: true,
  };
}

describe('childDefinition()', () => {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Both',
    States: {
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'A', States: { A: map('Check', 'INLINE') } }],
        Next: 'Each',
      },
      Each: map('Check', 'DISTRIBUTED'),
    },
  };

  test('is the processor of the Distributed Map that begins so, in the language of the whole', () => {
    expect(childDefinition(definition, 'Check')).toEqual({
      QueryLanguage: 'JSONata',
      StartAt: 'Check',
      States: states,
    });
  });

  test('is none where no Distributed Map begins so', () => {
    expect(childDefinition(definition, 'Both')).toBeUndefined();
    expect(childDefinition({ States: { A: map('Check', 'INLINE') } }, 'Check')).toBeUndefined();
  });
});
