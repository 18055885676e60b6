import type { JsonObject } from '../../packages/signalbox/src/core/json.ts';

/** A machine of a run, and the ends of the messages that each execution sends at least once. */
export interface CrashMachine {
  /** `{run}` stands for the name of the run. */
  readonly definition: JsonObject;
  readonly sends: readonly string[];
}

const SEND_ITEM: JsonObject = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Arguments: {
    QueueUrl: '{% $states.input.queueUrl %}',
    MessageBody: '{% $string($states.input.item) %}',
  },
  Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 5 }],
  End: true,
};

const ITERATIONS: JsonObject = {
  Type: 'Map',
  Items: '{% $states.input.items %}',
  ItemSelector: {
    item: '{% $states.context.Map.Item.Value %}',
    queueUrl: '{% $states.input.queueUrl %}',
  },
  End: true,
};

function send(what: string): JsonObject {
  return {
    ...SEND_ITEM,
    Arguments: {
      QueueUrl: '{% $states.input.queueUrl %}',
      MessageBody: `{% $string($states.input.name & '${what}') %}`,
    },
  };
}

function machine(StartAt: string, States: JsonObject): JsonObject {
  return { QueryLanguage: 'JSONata', StartAt, States };
}

function wait(Seconds: number, Next: string): JsonObject {
  return { Type: 'Wait', Seconds, Next };
}

function iterations(processor: JsonObject): JsonObject {
  return machine('Each', {
    Each: {
      ...ITERATIONS,
      ItemProcessor: {
        ...processor,
        StartAt: 'Pause',
        States: { Pause: wait(2, 'Send'), Send: SEND_ITEM },
      },
    },
  });
}

/** The machines of a run by their names. */
export const MACHINES: Readonly<Record<string, CrashMachine>> = {
  wait: {
    definition: machine('Pause', { Pause: wait(30, 'Send'), Send: send('/sent') }),
    sends: ['/sent'],
  },
  parallel: {
    definition: machine('Both', {
      Both: {
        Type: 'Parallel',
        Branches: [
          machine('Left', { Left: send('/left') }),
          machine('Pause', { Pause: wait(5, 'Right'), Right: send('/right') }),
        ].map(({ QueryLanguage: _, ...branch }) => branch),
        Next: 'Done',
      },
      Done: { Type: 'Pass', Output: '{% $states.context.Execution.Input %}', Next: 'Send' },
      Send: send('/after'),
    }),
    sends: ['/left', '/right', '/after'],
  },
  inline: { definition: iterations({}), sends: ['/a', '/b'] },
  distributed: {
    definition: iterations({
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    }),
    sends: ['/a', '/b'],
  },
  nested: {
    definition: machine('Start', {
      Start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: {
          StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:{run}-wait',
          Input: {
            name: '{% $states.input.name %}',
            queueUrl: '{% $states.input.queueUrl %}',
          },
        },
        End: true,
      },
    }),
    sends: ['/sent'],
  },
  caught: {
    definition: machine('Refused', {
      Refused: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage',
        Arguments: {
          QueueUrl: "{% $states.input.queueUrl & '-is-not-there' %}",
          MessageBody: 'Nobody gets this',
        },
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 2 }],
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Output: '{% $states.context.Execution.Input %}',
            Next: 'Send',
          },
        ],
        End: true,
      },
      Send: send('/caught'),
    }),
    sends: ['/caught'],
  },
};
