// Who may import what. A module is listed with all that it may import; anything else is forbidden.
const WORDS = '^local/(json|clock|result|user-error|aws-error|service|world)\\.ts$';
const TEST = '(\\.(test|property\\.test|contract|bench)|/test-[^/]+|-under-test)\\.ts$';

/** A rule: files under `from` import nothing but themselves, the small words and `allowed`. */
function only(name, comment, from, allowed) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: TEST },
    to: { pathNot: [from, WORDS, ...allowed] },
  };
}

const NODE =
  '^(node:)?(assert|async_hooks|buffer|child_process|crypto|events|fs|http|https|module|net|os|path|process|stream|timers|url|util|v8|worker_threads|zlib|fs/promises|timers/promises|stream/promises)$';
const npm = (...names) => `node_modules/(${names.join('|')})(/|$)`;

module.exports = {
  forbidden: [
    only('words-stand-alone', 'The small words know nobody', WORDS.slice(0, -1), []),
    only(
      'clocks',
      'A clock knows time and nothing else',
      '^local/(skipping-clock|real-clock|timer-queue)\\.ts$',
      [],
    ),
    only('asl-is-pure', 'The interpreter reaches the world through its ports only', '^local/asl/', [
      '^local/history/history-event\\.ts$',
      npm('jsonata', 'json-p3', 're2js'),
    ]),
    only('rules-are-pure', 'Matching knows no clock, file or network', '^local/rules/', []),
    only('history-is-pure', 'Histories are folded, not fetched', '^local/history/(?!file-store)', [
      npm('@aws-sdk/client-sfn'),
    ]),
    only('history-file-store', 'The one part of history that knows files', '^local/history/', [
      NODE,
      npm('@aws-sdk/client-sfn'),
    ]),
    only('template-runs-nothing', 'Reading the template starts nothing', '^local/template/', [
      '^local/asl/parse/',
      '^local/asl/(ast|checks)',
      '^local/rules/(parse-pattern|pattern)',
      NODE,
      npm('yaml', 'smol-toml'),
    ]),
    only('lambda-host', 'The host knows functions, not workflows', '^local/lambda/', [
      '^local/template/app\\.ts$',
      NODE,
      npm('esbuild', '@aws-sdk/client-lambda'),
    ]),
    only(
      'executions-are-given-what-they-call',
      'No bus, no Lambda host, no HTTP',
      '^local/executions/',
      ['^local/asl/', '^local/history/', NODE, npm('@aws-sdk/client-sfn')],
    ),
    only(
      'bus-is-given-its-targets',
      'The bus knows rules, not what its targets are',
      '^local/bus/',
      ['^local/rules/', '^local/template/app\\.ts$', NODE, npm('@aws-sdk/client-eventbridge')],
    ),
    only(
      'schedules-are-given-what-they-call',
      'Schedules know times, not what their targets are',
      '^local/schedules/',
      ['^local/template/app\\.ts$', NODE, npm('@aws-sdk/client-scheduler')],
    ),
    only(
      'services-know-no-other',
      'A service reaches another through what it is given',
      '^local/services/',
      ['^local/template/app\\.ts$', NODE, npm('@aws-sdk', '@smithy', 'dynalite')],
    ),
    only('sandbox-stands-alone', 'The payment provider is a stranger', '^local/sandbox/', [NODE]),
    only(
      'endpoint-speaks-wire',
      'The endpoint meets services in the registry only',
      '^local/endpoint/',
      ['^local/template/app\\.ts$', NODE, npm('@aws-sdk', '@smithy')],
    ),
    only(
      'cli-is-a-client',
      'The command line talks AWS; start alone wires the rehearsal',
      '^local/cli/(?!commands/start|rehearsal/)',
      // Why a rule does not match is told by no API: patterns are compared with events here as well.
      // The pure cores of the audit and of the costs, see docs/decisions/0009-cli-uses-the-pure-cores.md.
      [
        '^local/cli/',
        '^local/rules/',
        '^functions/audit/(lifecycle|repair|report)/',
        '^functions/costs/(report/)?[^/]+\\.ts$',
        NODE,
        npm('commander', '@aws-sdk', 'valibot'),
      ],
    ),
    only(
      'functions-know-no-rehearsal',
      'What is deployed imports only what is deployed',
      '^functions/',
      [
        NODE,
        npm(
          '@aws-sdk',
          '@aws-lambda-powertools',
          '@types/aws-lambda',
          'aws-lambda',
          'valibot',
          '@smithy',
        ),
      ],
    ),
    {
      name: 'functions-know-no-other-function',
      comment:
        'What two functions of a domain need lives in functions/<domain>/, what two domains need in functions/shared',
      severity: 'error',
      from: { path: '^functions/([^/]+)/([^/]+)/', pathNot: '^functions/shared/' },
      to: {
        path: '^functions/',
        pathNot: [
          '^functions/$1/$2/',
          '^functions/$1/[^/]+\\.ts$',
          '^functions/$1/(steps|lifecycle|repair|report)/',
          '^functions/shared/',
        ],
      },
    },
    {
      name: 'nobody-imports-the-runtime',
      comment: 'Wiring is the end of the line',
      severity: 'error',
      from: {
        path: '^local/',
        pathNot: ['^local/runtime', '^local/cli/(commands/start|rehearsal/)'],
      },
      to: { path: '^local/runtime' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      // What runs the benchmarks imports them.
      from: { pathNot: [TEST, '^benchmarks/main\\.ts$'] },
      to: { path: TEST },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'deployed-code-needs-deployed-packages',
      severity: 'error',
      from: { path: '^functions/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], pathNot: '@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node'],
    },
  },
};
