import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createRehearsal } from 'signalbox';

const SECTIONS = [
  'rds',
  'auto-scaling',
  'routing-control',
  'health',
  'costs',
  's3',
  'cloudtrail',
  'route-53',
];

test('an unknown field is refused in the same words in every section, all at once, with its line', async () => {
  const root = mkdtempSync(join(tmpdir(), 'signalbox-sections-'));
  cpSync('packages/signalbox/examples/hello-sam', root, { recursive: true });
  writeFileSync(
    join(root, 'package.json'),
    '{ "type": "module", "signalbox": { "simulatedResources": "resources.json" } }',
  );
  const groups =
    '{ "us-east-1": [{ "name": "web", "minSize": 1, "maxSize": 1, "availabilityZones": ["a"], "colour": "red" }] }';
  const lines = SECTIONS.map(
    (name) => `"${name}": ${name === 'auto-scaling' ? groups : '{ "colour": "red" }'}`,
  );
  writeFileSync(join(root, 'resources.json'), `{\n${lines.join(',\n')}\n}`);

  const refused = await createRehearsal({ root }).then(
    () => [],
    (error: unknown) => String(error).replace('UserError: ', '').split('\n'),
  );

  expect(refused).toEqual(
    SECTIONS.map((name, index) =>
      expect.stringMatching(
        new RegExp(
          `^resources\\.json:${index + 2}: ${name}\\S*\\.colour: Unknown field: the fields are \\w+`,
        ),
      ),
    ),
  );
});
