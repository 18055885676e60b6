import { availableParallelism } from 'node:os';

// The SDK would say in every worker that its releases of 2027 want Node 22.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export default {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  // Those that wait for a browser, a process or a real delay leave a core to one more.
  maxWorkers: availableParallelism() + 1,
  workerIdleMemoryLimit: '1GB',
  // No test is timed: on a busy machine the first event waits for its functions to be built.
  testTimeout: 300_000,
  // The tool runs from its sources here; installed, it runs from dist/.
  testEnvironmentOptions: { customExportConditions: ['signalbox-source', 'node', 'node-addons'] },
  globalSetup: '<rootDir>/tests/temporary-directory/make.cjs',
  globalTeardown: '<rootDir>/tests/temporary-directory/remove.cjs',
  coverageProvider: 'v8',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.aws-sam/', '/.signalbox/'],
  modulePathIgnorePatterns: ['/.aws-sam/', '/.signalbox/'],
};
