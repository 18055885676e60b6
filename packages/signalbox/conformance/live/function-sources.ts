import { isJsonObject, type JsonObject } from '../../src/core/json.ts';
import type { RecordedCase } from '../states/recorded-case.ts';

/** A function that a recording was made with: its name, and the Python source of a handler that does the same. */
export interface RecordedFunction {
  readonly name: string;
  readonly source: string;
}

/**
 * Returns the functions of a recording, written from what it says of their behaviour.
 * @throws {RangeError} When the behaviour is none of the known ones.
 */
export function functionsOf({ setup = [] }: RecordedCase): readonly RecordedFunction[] {
  return setup
    .filter(({ op }) => op === 'CREATE_FUNCTION')
    .flatMap(({ args }) => (isJsonObject(args) ? [functionOf(args)] : []));
}

function functionOf({ FunctionName: name, behaviour }: JsonObject): RecordedFunction {
  const found = SOURCES.find(([words]) => String(behaviour).startsWith(words));
  if (found !== undefined) return { name: String(name), source: found[1] };
  throw new RangeError(`No function is known that ${String(behaviour)}`);
}

/** What a function does, by the first words of the recording. The lines stand where its stack traces have them. */
const SOURCES: readonly (readonly [words: string, source: string])[] = [
  ['returns the event unchanged', 'def handler(event, context):\n    return event\n'],
  [
    'always returns {"Return":"HelloWorld"}',
    'def handler(event, context):\n    return {"Return": "HelloWorld"}\n',
  ],
  [
    'returns Python bytes of the text "HelloWorld!"',
    'def handler(event, context):\n    return b\'"HelloWorld!"\'\n',
  ],
  ['returns 257*1024 ASCII "a"', 'def handler(event, context):\n    return b"a" * (257 * 1024)\n'],
  [
    'raises Exception(',
    'def handler(event, context):\n    raise Exception("Some exception was raised.")\n',
  ],
  [
    'raises a user-defined CustomException',
    'class CustomException(Exception):\n    message: str\n\n    def __init__(self):\n        self.message = "CustomException message"\n\n\ndef handler(event, context):\n    raise CustomException()\n',
  ],
  [
    'sleeps 60 s',
    'import time\n\n\ndef handler(event, context):\n    time.sleep(60)\n    return event\n',
  ],
];
