import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { homeRegion } from '../src/cli/home-region.ts';
import { main } from '../src/cli/main.ts';
import { createRehearsal, type Rehearsal } from '../src/create-rehearsal.ts';
import { createProject } from '../src/template/temporary-project.ts';

const HOME = 'eu-west-1';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: { StartAt: Done, States: { Done: { Type: Pass, End: true } } }
`;

let rehearsal: Rehearsal;
let root: string;

beforeAll(async () => {
  root = createProject({ 'template.yaml': TEMPLATE });
  rehearsal = await createRehearsal({ root, plugins: [], seeds: [], regions: [HOME] });
});
afterAll(() => rehearsal?.close());

async function run(...options: readonly string[]) {
  const said: string[] = [];
  const sink = { write: (text: string) => said.push(text) > 0 };
  const streams = { stdout: sink, stderr: sink };
  const argv = ['node', 'signalbox', '-t', `${root}/template.yaml`, ...options];
  const exitCode = await main(argv, streams, async () => []);
  return { exitCode, said: said.join('') };
}

describe('a command line that names no Region', () => {
  test('asks the endpoint for its own, and starts there', async () => {
    const named = { ...process.env };
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) delete process.env[name];
    try {
      const { exitCode, said } = await run(
        '--endpoint-url',
        rehearsal.url,
        'run',
        'Flow',
        '--wait',
      );
      expect(said).toContain(`Started arn:aws:states:${HOME}:`);
      expect(exitCode).toBe(0);
    } finally {
      Object.assign(process.env, named);
    }
  });

  test('takes the one that is named elsewhere, and none where no rehearsal is', async () => {
    const { url } = rehearsal;
    expect(await homeRegion({ endpointUrl: url }, {})).toBe(HOME);
    expect(await homeRegion({}, { AWS_ENDPOINT_URL: `${url}/` })).toBe(HOME);
    expect(await homeRegion({ endpointUrl: url, region: 'us-west-2' }, {})).toBeUndefined();
    expect(await homeRegion({ endpointUrl: url }, { AWS_REGION: 'us-west-2' })).toBeUndefined();
    expect(await homeRegion({ stack: 'shop' }, { AWS_ENDPOINT_URL: url })).toBeUndefined();
    expect(await homeRegion({ endpointUrl: `${url}/elsewhere` }, {})).toBeUndefined();
    expect(await homeRegion({ endpointUrl: 'http://127.0.0.1:1' }, {})).toBeUndefined();
  });
});

test.each([
  ['ls'],
  ['run', 'Flow'],
  ['mcp'],
  ['console'],
  ['tail'],
  ['event', 'ls'],
  ['resources', 'show'],
])('"%s %s" looks at one Region, and says so where several are named', async (...command) => {
  const { exitCode, said } = await run('--region', 'eu-west-1,us-west-2', ...command);
  expect(exitCode).toBe(2);
  expect(said).toBe(`"${command[0]}" looks at one Region: write one with --region\n`);
});
