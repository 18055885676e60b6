import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import ts from 'typescript';

const ENTRIES = ['index', 'states-language', 'event-patterns'].map((name) =>
  resolve('packages/signalbox/src', `${name}.ts`),
);

/** Values that the examples take for granted: results of other functions, and clients of the SDK. */
const GIVEN = `
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
declare const session: import('signalbox').Session;
declare const stage: import('signalbox').Stage;
declare const ports: import('signalbox/states-language').Ports;
declare const machine: import('signalbox/states-language').StateMachine;
declare const pattern: import('signalbox/event-patterns').Pattern;
declare const url: string;
`;

/** An exported function or class of an entry point, and what is written about it. */
interface Documented {
  readonly name: string;
  readonly entry: string;
  readonly tags: readonly string[];
  readonly parameters: readonly string[];
  readonly documented: readonly string[];
  readonly example: string;
}

const { config } = ts.readConfigFile('tsconfig.json', (file) => readFileSync(file, 'utf8'));
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('.'));
const checked = { ...options, noUnusedLocals: false, noEmit: true, incremental: false };

let program: ts.Program;
let documented: readonly Documented[];

beforeAll(() => {
  program = ts.createProgram(ENTRIES, checked);
  const checker = program.getTypeChecker();
  documented = ENTRIES.flatMap((entry) => {
    const source = program.getSourceFile(entry);
    const module = source && checker.getSymbolAtLocation(source);
    return module === undefined ? [] : checker.getExportsOfModule(module).flatMap(read);

    function read(exported: ts.Symbol): readonly Documented[] {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
      const [node] = symbol.declarations ?? [];
      if (node === undefined) return [];
      if (!ts.isFunctionDeclaration(node) && !ts.isClassDeclaration(node)) return [];
      const tags = symbol.getJsDocTags(checker);
      const textsOf = (name: string) =>
        tags.filter((tag) => tag.name === name).map(({ text }) => ts.displayPartsToString(text));
      const parameters = ts.isFunctionDeclaration(node) ? node.parameters : [];
      return [
        {
          name: exported.name,
          entry,
          tags: tags.map(({ name }) => name),
          parameters: parameters.map(({ name }, index) =>
            ts.isIdentifier(name) ? name.text : `#${index}`,
          ),
          documented: textsOf('param').map((text) => text.split(' ')[0] ?? ''),
          example: textsOf('example').join('\n'),
        },
      ];
    }
  });
});

describe('what the entry points export', () => {
  test('says what each function takes and returns, with an example', () => {
    expect(documented.length).toBeGreaterThan(20);
    const gaps = documented.flatMap(
      ({ name, tags, parameters, documented: described, example }) => [
        ...(parameters.every((one, at) => one.startsWith('#') || one === described[at]) &&
        parameters.length === described.length
          ? []
          : [`${name}: @param`]),
        ...(parameters.length === 0 || tags.includes('returns') ? [] : [`${name}: @returns`]),
        ...(example === '' ? [`${name}: @example`] : []),
      ],
    );
    expect(gaps).toEqual([]);
  });

  test('has examples that compile', () => {
    const files = new Map(
      ENTRIES.map((entry, index) => [
        resolve(`packages/signalbox/tests/examples-${index}.ts`),
        examplesOf(entry),
      ]),
    );
    const host = ts.createCompilerHost(checked);
    const { getSourceFile, fileExists, readFile } = host;
    host.fileExists = (file) => files.has(file) || fileExists(file);
    host.readFile = (file) => files.get(file) ?? readFile(file);
    host.getSourceFile = (file, language, ...more) => {
      const text = files.get(file);
      return text === undefined
        ? getSourceFile(file, language, ...more)
        : ts.createSourceFile(file, text, language);
    };
    const withExamples = ts.createProgram([...files.keys()], checked, host, program);
    const wrong = [...files.keys()].flatMap((file) => {
      const source = withExamples.getSourceFile(file);
      const found = [
        ...withExamples.getSyntacticDiagnostics(source),
        ...withExamples.getSemanticDiagnostics(source),
      ];
      return found.map(
        ({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      );
    });
    expect(wrong).toEqual([]);
  });
});

/** Puts each example of an entry point into a function, in a module that imports all that the entry exports. */
function examplesOf(entry: string): string {
  const own = documented.filter((one) => one.entry === entry);
  const more = entry === ENTRIES[0] ? ', type Result, Text' : '';
  const examples = own.map(
    ({ example }, index) => `export async function example${index}() {\n${example}\n}\n`,
  );
  const names = own.map(({ name }) => name).join(', ');
  return `import { ${names}${more} } from '${entry}';\n${GIVEN}\n${examples.join('\n')}`;
}
