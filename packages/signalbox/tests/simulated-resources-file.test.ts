import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createRehearsal, fields, type RehearsalPlugin, readSection, whole } from 'signalbox';

const SECTIONS = [
  'rds',
  'auto-scaling',
  'routing-control',
  'health',
  'costs',
  's3',
  'cloudtrail',
  'route-53',
  'doors',
];

/** A plug-in whose section is read as those of the tool are. */
const doors: RehearsalPlugin = {
  name: 'doors',
  open: () => ({
    simulatedServices: [
      {
        name: 'doors',
        seed: (section) => void readSection('doors', section, fields({ count: whole(1) })),
        show: () => ({}),
        faults: {},
      },
    ],
  }),
};

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

  const refused = await createRehearsal({ root, plugins: [doors] }).then(
    () => [],
    (error: unknown) => String(error).replace('UserError: ', '').split('\n'),
  );

  expect(refused).toEqual(
    SECTIONS.flatMap((name, index) => [
      ...(name === 'doors'
        ? [`resources.json:${index + 2}: doors.count: Missing: write a whole number of 1 or more`]
        : []),
      expect.stringMatching(
        new RegExp(
          `^resources\\.json:${index + 2}: ${name}\\S*\\.colour: Unknown field: the fields are \\w+`,
        ),
      ),
    ]),
  );
});
