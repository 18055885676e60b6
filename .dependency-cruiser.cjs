const functionRules = require('./.dependency-cruiser.functions.cjs');

// Who may import what. A module is listed with all that it may import; anything else is forbidden.
// The words are all of core but the clocks that run: those are chosen where the rehearsal is wired.
const CLOCKS = '(skipping-clock|real-clock|timer-queue)';
const WORDS = `^packages/signalbox/src/core/(?!${CLOCKS}\\.ts$)((bugs|exact-json|json-text|names|policy|schema)/)?[^/]+\\.ts$`;
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
  '^(node:)?(assert|assert/strict|async_hooks|buffer|child_process|crypto|events|fs|http|https|inspector|module|net|os|path|process|readline|stream|timers|url|util|v8|vm|worker_threads|zlib|fs/promises|timers/promises|stream/promises)$';
const npm = (...names) => `node_modules/(${names.join('|')})(/|$)`;

module.exports = {
  forbidden: [
    // A digest is pure: the same text gives the same hash.
    only('words-stand-alone', 'The small words know nobody', WORDS, [
      npm('valibot'),
      '^(node:)?crypto$',
    ]),
    only(
      'clocks',
      'A clock knows time and nothing else',
      `^packages/signalbox/src/core/${CLOCKS}\\.ts$`,
      [],
    ),
    only(
      'asl-is-pure',
      'The interpreter has effects through its ports only',
      '^packages/signalbox/src/states-language/',
      [
        '^packages/signalbox/src/history/history-event\\.ts$',
        // A digest is pure: the same text gives the same hash. So is decompression.
        '^(node:)?(crypto|zlib)$',
        npm('hyparquet', 'jsonata', 're2js'),
      ],
    ),
    only(
      'rules-are-pure',
      'Matching knows no clock, file or network',
      '^packages/signalbox/src/event-patterns/',
      [],
    ),
    only(
      'history-is-pure',
      'Histories are folded, not fetched',
      '^packages/signalbox/src/history/(?!file-store)',
      [npm('@aws-sdk/client-sfn')],
    ),
    only(
      'history-file-store',
      'The one part of history that knows files',
      '^packages/signalbox/src/history/',
      ['^packages/signalbox/src/store/', NODE, npm('@aws-sdk/client-sfn')],
    ),
    only(
      'store-knows-files',
      'The store knows files, not what is kept in them',
      '^packages/signalbox/src/store/',
      [NODE],
    ),
    only(
      'template-runs-nothing',
      'Reading the template starts nothing',
      '^packages/signalbox/src/template/',
      [
        '^packages/signalbox/src/states-language/parse/',
        '^packages/signalbox/src/states-language/(ast|checks)',
        '^packages/signalbox/src/event-patterns/(parse-pattern|pattern)',
        NODE,
        npm('yaml', 'smol-toml'),
      ],
    ),
    only(
      'lambda-host',
      'The host knows functions, not workflows',
      '^packages/signalbox/src/lambda/',
      [
        '^packages/signalbox/src/project/generated-directory\\.ts$',
        '^packages/signalbox/src/template/(app|stream-settings)\\.ts$',
        '^packages/signalbox/src/streams/',
        // Mappings filter by event patterns.
        '^packages/signalbox/src/event-patterns/source-filter\\.ts$',
        '^packages/signalbox/src/source-maps/',
        NODE,
        npm('esbuild', '@aws-sdk/client-lambda', 'yauzl'),
      ],
    ),
    only(
      'source-maps',
      'Where a place of a bundle comes from',
      '^packages/signalbox/src/source-maps/',
      [NODE, npm('@jridgewell/trace-mapping')],
    ),
    only(
      'executions-are-given-what-they-call',
      'No bus, no Lambda host, no HTTP',
      '^packages/signalbox/src/executions/',
      [
        '^packages/signalbox/src/states-language/',
        '^packages/signalbox/src/history/',
        NODE,
        npm('@aws-sdk/client-sfn'),
      ],
    ),
    only(
      'bus-is-given-its-targets',
      'The bus knows rules, not what its targets are',
      '^packages/signalbox/src/bus/',
      [
        '^packages/signalbox/src/event-patterns/',
        '^packages/signalbox/src/template/(app|archive-resource|event-bus-resource)\\.ts$',
        NODE,
        npm('@aws-sdk/client-eventbridge'),
      ],
    ),
    only(
      'connections-are-given-what-they-call',
      'Connections know credentials and HTTP, not who uses them',
      '^packages/signalbox/src/connections/',
      [
        // They are actions of EventBridge's API as the bus's own are.
        '^packages/signalbox/src/bus/api/(page|required)\\.ts$',
        '^packages/signalbox/src/template/(app|connection-resource)\\.ts$',
        NODE,
        npm('@aws-sdk/client-eventbridge'),
      ],
    ),
    only(
      'schedules-are-given-what-they-call',
      'Schedules know times, not what their targets are',
      '^packages/signalbox/src/schedules/',
      ['^packages/signalbox/src/template/app\\.ts$', NODE, npm('@aws-sdk/client-scheduler')],
    ),
    only(
      'pipes-are-given-what-they-call',
      'A pipe knows its queue and its ends, not what they are',
      '^packages/signalbox/src/pipes/',
      [
        '^packages/signalbox/src/event-patterns/',
        '^packages/signalbox/src/streams/',
        '^packages/signalbox/src/template/(pipe-resource|stream-settings)\\.ts$',
        NODE,
      ],
    ),
    only(
      'streams-are-given-their-readers',
      'Reading a stream knows batches and their tries, not who reads',
      '^packages/signalbox/src/streams/',
      ['^packages/signalbox/src/template/stream-settings\\.ts$', NODE],
    ),
    only(
      'services-know-no-other',
      'A service reaches another through what it is given',
      '^packages/signalbox/src/services/',
      [
        '^packages/signalbox/src/template/app\\.ts$',
        // A topic's filter policies have the grammar of event patterns.
        '^packages/signalbox/src/event-patterns/',
        // A queue of times is no clock.
        '^packages/signalbox/src/core/timer-queue\\.ts$',
        NODE,
        npm('@aws-sdk', '@electric-sql', '@smithy', 'dynalite', 'pg', 're2js', 'valibot'),
      ],
    ),
    only('sandbox-stands-alone', 'The payment provider is a stranger', '^rehearsal/payments/', [
      '^packages/signalbox/src/index\\.ts$',
      NODE,
    ]),
    {
      name: 'rehearsal-uses-the-entry-points',
      comment: 'The first user of the plug-in interface gets no more of the tool than anybody',
      severity: 'error',
      from: { path: '^rehearsal/', pathNot: TEST },
      to: {
        pathNot: [
          '^(rehearsal|functions)/',
          '^packages/signalbox/src/(index|plugin|states-language|event-patterns)\\.ts$',
          ...[NODE, 'node_modules/'],
        ],
      },
    },
    {
      name: 'packages-stand-alone',
      comment: 'The tool serves any project: it knows nothing of this one',
      severity: 'error',
      from: { path: '^packages/' },
      to: { pathNot: ['^packages/', NODE, 'node_modules/'] },
    },
    only(
      'pages-are-a-client',
      'What runs in a browser has no effects but through the API of the console',
      '^packages/signalbox/src/console/browser/',
      [
        '^packages/signalbox/src/(console/(graph|fork|search|export)|history/steps)/',
        // Their types alone: the API says what it answers.
        '^packages/signalbox/src/(console/server|bus|states-language)/',
        npm('@aws-sdk', '@cloudscape-design', '@codemirror', '@tanstack', 'jsondiffpatch', 'uplot'),
        npm('react', 'react-dom'),
      ],
    ),
    only(
      'console-is-given-what-it-calls',
      'The console calls AWS, and is told of changes',
      '^packages/signalbox/src/console/(?!browser/)',
      [
        '^packages/signalbox/src/(states-language|history/steps|event-patterns|endpoint)/',
        '^packages/signalbox/src/project/generated-directory\\.ts$',
        ...[NODE, npm('@aws-sdk', '@dagrejs')],
      ],
    ),
    only(
      'endpoint-speaks-wire',
      'The endpoint meets services in the registry only',
      '^packages/signalbox/src/endpoint/',
      [
        '^packages/signalbox/src/template/(app\\.ts$|api/(authorizer|(http|rest)-api-resource)\\.ts$)',
        NODE,
        npm('@aws-sdk', '@smithy', 're2js'),
      ],
    ),
    only(
      'passthrough-calls-aws',
      'What goes to AWS itself knows nothing of what is rehearsed',
      '^packages/signalbox/src/passthrough/',
      ['^packages/signalbox/src/endpoint/registry\\.ts$', npm('@aws-sdk')],
    ),
    only(
      'cli-is-a-client',
      'The command line talks AWS; start alone wires the rehearsal',
      '^packages/signalbox/src/cli/(?!commands/(start|console|graph|fork|export)|rehearse|normalised-definition)',
      // Why a rule does not match is told by no API: patterns are compared with events here as well.
      [
        '^packages/signalbox/(package\\.json$|src/cli/)',
        // What a history says is folded in the same way for lines and for pages.
        '^packages/signalbox/src/history/steps/',
        '^packages/signalbox/src/event-patterns/',
        '^packages/signalbox/src/(plugin|rehearsal-plugin)\\.ts$',
        '^packages/signalbox/src/project/',
        '^packages/signalbox/src/source-maps/',
        NODE,
        npm('commander', '@aws-sdk', 'valibot'),
      ],
    ),
    {
      name: 'nobody-imports-the-runtime',
      comment: 'Wiring is the end of the line',
      severity: 'error',
      from: {
        path: '^packages/signalbox/src/',
        pathNot: [
          '^packages/signalbox/src/runtime',
          '^packages/signalbox/src/(scenarios/|create-rehearsal|cli/(commands/start|rehearse|normalised-definition))',
        ],
      },
      to: { path: '^packages/signalbox/src/runtime' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      // The two lists of benchmarks import them.
      from: {
        pathNot: [
          TEST,
          '^benchmarks/main\\.ts$',
          '^packages/signalbox/benchmarks/tool-benches\\.ts$',
        ],
      },
      to: { path: TEST },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...functionRules({ only, npm, NODE, TEST }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/(dist|benchmarks/peers|examples)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['signalbox-source', 'import', 'types', 'node'],
    },
  },
};
