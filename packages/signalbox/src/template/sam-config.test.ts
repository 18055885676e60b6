import { describe, expect, test } from '@jest/globals';
import { problemText } from '../core/result.ts';
import { readSamConfig } from './sam-config.ts';
import { createProject } from './temporary-project.ts';

function read(toml: string, environment?: string, files: Record<string, string> = {}) {
  const project = createProject({ 'samconfig.toml': toml, ...files });
  const result = readSamConfig(project, environment);
  return result.ok ? result.value : result.problems.map(problemText);
}

describe('readSamConfig()', () => {
  test('has an environment for the stack of another Region, where the file has it', () => {
    const toml = `[local.deploy.parameters]
parameter_overrides = "Peer=us-west-2"
[local-us-west-2.deploy.parameters]
parameter_overrides = "Peer=us-east-1"
`;
    const root = createProject({ 'samconfig.toml': toml });
    const peerIn = (apart?: string) => {
      const result = readSamConfig(root, undefined, apart);
      return result.ok ? result.value.parameterOverrides['Peer'] : undefined;
    };
    expect([peerIn(), peerIn('us-west-2'), peerIn('eu-west-1')]).toEqual([
      'us-west-2',
      'us-east-1',
      'us-west-2',
    ]);
  });

  test('merges global parameters under those of deploy', () => {
    const toml = `version = 0.1
[local.global.parameters]
stack_name = "shop"
region = "eu-west-1"
[local.deploy.parameters]
region = "us-east-1"
template_file = "app.yaml"
parameter_overrides = "A=b C=\\"d e\\" F=g=h"
`;
    expect(read(toml)).toEqual({
      environment: 'local',
      templateFile: 'app.yaml',
      stackName: 'shop',
      region: 'us-east-1',
      parameterOverrides: { A: 'b', C: 'd e', F: 'g=h' },
    });
  });

  test.each([
    [`["A=b", "C='d e'"]`, { A: 'b', C: 'd e' }],
    [
      '"ParameterKey=A,ParameterValue=b ParameterKey=C,ParameterValue=\\"d e\\""',
      { A: 'b', C: 'd e' },
    ],
    ['{ A = "b", C = 1 }', { A: 'b', C: '1' }],
    ['"A="', { A: '' }],
    ['"Url=${SIGNALBOX_ENDPOINT}/x?a=b"', { Url: '${SIGNALBOX_ENDPOINT}/x?a=b' }],
  ])('reads the overrides %s', (overrides, expected) => {
    const config = read(`[local.deploy.parameters]\nparameter_overrides = ${overrides}\n`);

    expect(config).toHaveProperty('parameterOverrides', expected);
  });

  test('refuses a word that is no override', () => {
    expect(read('[local.deploy.parameters]\nparameter_overrides = ["A=b", "C=d e"]\n')).toEqual([
      'samconfig.toml: local.deploy.parameters.parameter_overrides: e is no Name=value',
    ]);
  });

  test('finds the template by its usual names, YAML first, and has no overrides', () => {
    const toml = '[local.deploy.parameters]\n';
    const found = { stackName: undefined, parameterOverrides: {} };
    const both = { 'template.json': '{}', 'template.yml': '' };
    expect(read(toml)).toMatchObject({ ...found, templateFile: undefined });
    expect(read(toml, undefined, both)).toMatchObject({ ...found, templateFile: 'template.yml' });
  });

  test.each([
    ['local', '[default.deploy.parameters]\n[local.deploy.parameters]\n'],
    ['default', '[default.deploy.parameters]\n[prod.deploy.parameters]\n'],
    [undefined, '[prod.deploy.parameters]\n'],
  ])('takes the environment %s where none is named', (environment, toml) => {
    expect(read(toml)).toMatchObject({ environment, parameterOverrides: {} });
  });

  test('names the environments that there are', () => {
    expect(read('[default.deploy.parameters]\n[staging.deploy.parameters]\n', 'local')).toEqual([
      'samconfig.toml: samconfig.toml has no environment local: it has default, staging',
    ]);
    expect(read('[locals.deploy.parameters]\n', 'local')).toEqual([
      'samconfig.toml: samconfig.toml has no environment local: did you mean locals?',
    ]);
  });

  test('says where the file stops being TOML', () => {
    expect(read('[local]\na = \n')).toEqual([
      expect.stringMatching(/^samconfig\.toml:2: The file is no TOML: /),
    ]);
  });

  test('refuses values of the wrong type', () => {
    const toml = '[local.deploy.parameters]\nstack_name = 3\nparameter_overrides = 4\n';

    expect(read(toml)).toEqual([
      'samconfig.toml: local.deploy.parameters.parameter_overrides: Write parameter_overrides as "Name=value Other=\\"two words\\"", or a list of such',
      'samconfig.toml: local.deploy.parameters: stack_name must be a string',
    ]);
  });

  test('needs no file, unless an environment is named', () => {
    const project = createProject({});
    const named = readSamConfig(project, 'prod');

    expect(readSamConfig(project)).toMatchObject({ ok: true, value: { stackName: undefined } });
    expect(!named.ok && named.problems.map(problemText)).toEqual([
      'samconfig.toml: samconfig.toml has no environment prod: it has none',
    ]);
  });
});
