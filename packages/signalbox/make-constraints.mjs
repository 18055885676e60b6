#!/usr/bin/env node
// Writes src/endpoint/constraints/data/: what AWS's models demand of inputs beyond their types.
// The models are those of botocore (Apache-2.0): `pip download botocore==1.43.11 --no-deps` and unpack it.
// usage: node make-constraints.mjs BOTOCORE/data
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Folders of botocore by the signing name of the service. */
const SERVICES = {
  autoscaling: 'autoscaling',
  ce: 'ce',
  cloudformation: 'cloudformation',
  dynamodb: 'dynamodb',
  dynamodbstreams: 'dynamodbstreams',
  events: 'events',
  health: 'health',
  lambda: 'lambda',
  logs: 'logs',
  monitoring: 'cloudwatch',
  s3: 's3',
  scheduler: 'scheduler',
  secretsmanager: 'secretsmanager',
  sns: 'sns',
  ssm: 'ssm',
  states: 'stepfunctions',
};

/** Operations that are checked elsewhere, in words of the service's own. */
const LEFT_OUT = {
  s3: (name) => name.includes('Lifecycle'),
};

/** The same of single members: the operation, and the member's path. */
const MEMBERS_LEFT_OUT = new Set([
  'monitoring PutMetricAlarm Unit',
  'monitoring PutMetricData MetricData.*.Unit',
  's3 CopyObject ObjectLockMode',
  's3 CreateMultipartUpload ObjectLockMode',
  's3 PutObject ObjectLockMode',
]);

const require = createRequire(import.meta.url);

const NUMBERS = new Set(['integer', 'long', 'float', 'double']);

/** Beyond 2^31 a model says no more than what the type is. */
const NO_BOUND = 2 ** 31 - 1;

/** How dynalite calls the demands of a model. */
const DYNALITES = {
  enum: /"enum"/,
  min: /"(?:greaterThanOrEqual|lengthGreaterThanOrEqual|tableName|regex)"/,
  max: /"(?:lessThanOrEqual|lengthLessThanOrEqual|tableName)"/,
  pattern: /"(?:regex|tableName)"/,
};

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: node make-constraints.mjs BOTOCORE/data');
const home = join(import.meta.dirname, 'src/endpoint/constraints/data');
for (const [service, folder] of Object.entries(SERVICES)) {
  const { operations, shapes } = modelIn(join(source, folder));
  const isLeftOut = LEFT_OUT[service] ?? (() => false);
  const checked = Object.entries(operations).filter(([name]) => !isLeftOut(name));
  const found = checked.flatMap(([name, { input }]) => {
    const all = input === undefined ? [] : constraintsOf(shapes, input.shape, [], []);
    // Amazon S3 says nothing of lengths and patterns in this way.
    const said = service === 's3' ? all.filter(([, one]) => one.enum !== undefined) : all;
    const left = service === 'dynamodb' ? withoutDynalites(name, said) : said;
    const kept = left.filter(([path]) => !MEMBERS_LEFT_OUT.has(`${service} ${name} ${path}`));
    return kept.length === 0 ? [] : [[name, Object.fromEntries(kept)]];
  });
  const lines = found.map(([name, all]) => `  ${JSON.stringify(name)}: ${JSON.stringify(all)}`);
  writeFileSync(join(home, `${service}.json`), `{\n${lines.join(',\n')}\n}\n`);
}

/** Leaves out what dynalite checks in AWS's words itself, together with what is absent. */
function withoutDynalites(operation, constraints) {
  const action = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
  const types = typesOfDynalite(action);
  if (types === undefined) return constraints;
  return constraints.flatMap(([path, constraint]) => {
    const checked = JSON.stringify(typeAt(types, path.split('.')) ?? {});
    const own = Object.entries(constraint).filter(([demand]) => !DYNALITES[demand].test(checked));
    return own.length === 0 ? [] : [[path, Object.fromEntries(own)]];
  });
}

function typesOfDynalite(action) {
  try {
    return require(`dynalite/validations/${action}`).types;
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** What dynalite demands of a member itself, without its children. */
function typeAt(types, [step, ...rest]) {
  const { children, values, ...type } = typeof types[step] === 'object' ? types[step] : {};
  if (rest.length === 0) return type;
  const inside = typeof children === 'object' ? children : {};
  return typeAt(rest[0] === '*' ? { '*': { ...inside, ...values } } : inside, rest);
}

function modelIn(folder) {
  const latest = readdirSync(folder).sort().at(-1);
  const plain = join(folder, latest, 'service-2.json');
  if (existsSync(plain)) return JSON.parse(readFileSync(plain, 'utf8'));
  return JSON.parse(gunzipSync(readFileSync(`${plain}.gz`)).toString());
}

/** Constraints by path; `*` stands for each member of a list and each value of a map. */
function constraintsOf(shapes, name, path, above) {
  const shape = shapes[name];
  if (above.includes(name)) return [];
  const inside = (member, step) =>
    constraintsOf(shapes, member.shape, [...path, step], [...above, name]);
  const own = constraintOf(shape);
  const here = own === undefined || path.length === 0 ? [] : [[path.join('.'), own]];
  switch (shape.type) {
    case 'structure':
      return [
        ...here,
        ...Object.entries(shape.members).flatMap(([step, one]) => inside(one, step)),
      ];
    case 'list':
      return [...here, ...inside(shape.member, '*')];
    case 'map':
      return [...here, ...inside(shape.value, '*')];
    default:
      return here;
  }
}

function constraintOf({ type, enum: members, min, max, pattern, document }) {
  if (document === true) return undefined;
  const constraint = {
    ...(members !== undefined && { enum: members }),
    ...((min > 0 || (min === 0 && NUMBERS.has(type))) && { min }),
    ...(max < NO_BOUND && { max }),
    ...(pattern !== undefined && saysSomething(pattern) && { pattern }),
  };
  return Object.keys(constraint).length === 0 ? undefined : constraint;
}

/** Whether a pattern can be read here, and is not one that any text fits. */
function saysSomething(pattern) {
  try {
    const fits = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
    return !['', '\u0000\n', '!bad value\u00e9!\t', '/.:'].every((text) => fits.test(text));
  } catch {
    return false;
  }
}
