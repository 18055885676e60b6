// Who may import what among the functions that are deployed.
module.exports = ({ only, npm, NODE, TEST }) => [
  only(
    'functions-know-no-rehearsal',
    'What is deployed imports only what is deployed',
    '^functions/',
    [
      NODE,
      npm(
        '@aws-sdk',
        '@redis',
        '@aws-lambda-powertools',
        '@types/aws-lambda',
        'aws-lambda',
        'csv-stringify',
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
        '^functions/$1/(steps|assessment|lost-rules|repair|report)/',
        '^functions/approvals/[^/]+\\.ts$',
        '^functions/shared/',
      ],
    },
  },
  {
    name: 'domains-know-no-other-domain',
    comment: 'What two domains need lives in functions/shared; approvals are asked for by all',
    severity: 'error',
    from: { path: '^functions/([^/]+)/', pathNot: '^functions/shared/' },
    to: {
      path: '^functions/',
      pathNot: ['^functions/$1/', '^functions/approvals/[^/]+\\.ts$', '^functions/shared/'],
    },
  },
  {
    name: 'lost-rules-have-one-entrance',
    comment: 'How a lifecycle is written without losing the rules of others is known there alone',
    severity: 'error',
    from: { path: '^functions/', pathNot: '^functions/lifecycle/lost-rules/' },
    to: { path: '^functions/lifecycle/lost-rules/', pathNot: '/lifecycle-writer\\.ts$' },
  },
  {
    name: 'deployed-code-needs-deployed-packages',
    severity: 'error',
    from: { path: '^functions/', pathNot: TEST },
    to: { dependencyTypes: ['npm-dev'], pathNot: '@types/' },
  },
];
