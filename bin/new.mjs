// Writes the files of a new thing: npm run new -- workflow|function|event|scenario NAME --domain DOMAIN
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const TEMPLATES = join(dirname(fileURLToPath(import.meta.url)), 'new');

/** For each kind its files, by the template that each is made of, and what is left to do. */
const KINDS = {
  workflow: {
    files: ({ name }) => ({
      'definition.asl.yaml': `statemachines/${name}/definition.asl.yaml`,
      'test.ts': `statemachines/${name}/${name}.test.ts`,
    }),
    next: ({ Name }) =>
      `Give ${Name}StateMachine what starts it (Events), its DefinitionSubstitutions and Policies.`,
  },
  function: {
    files: ({ name, domain }) => ({
      'handler.ts': `functions/${domain}/${name}/handler.ts`,
      'core.ts': `functions/${domain}/${name}/${name}.ts`,
      'test.ts': `functions/${domain}/${name}/${name}.test.ts`,
      'invoke.json': `events/invoke/${domain}/${name}.json`,
    }),
    next: ({ Name }) =>
      `Give ${Name}Function its Environment and Policies, and a workflow ${Name}FunctionArn.`,
  },
  event: {
    files: ({ name, domain }) => ({
      'event.json': `events/${domain}/${name}.json`,
      'schema.json': `events/${domain}/${name}.schema.json`,
    }),
    next: ({ Name }) => `Publish ${Name} in a workflow, or match it in a rule, by this schema.`,
  },
  scenario: {
    files: ({ name, domain }) => ({
      'scenario.json': `scenarios/${domain}/${name}.json`,
      'entries.json': `scenarios/${domain}/entries/${name}.json`,
    }),
    next: () =>
      'Put your event into its entries, add the "workflow" that it starts, and expect how that ends.',
  },
};

/** A mistake of whoever calls it. */
class UsageError extends Error {}

function main(args) {
  const { kind, name, domain } = readArguments(args);
  const words = {
    name,
    domain,
    Name: pascal(name),
    name_: pascal(name).replace(/^./, (letter) => letter.toLowerCase()),
    up: existsSync(`stacks/${domain}.yaml`) ? '../' : '',
    order: nextOrder(),
    bus: domain === 'orders' ? 'orders' : 'operations',
  };
  const files = Object.entries(KINDS[kind].files(words));
  for (const [, file] of files) {
    if (existsSync(file)) throw new UsageError(`${file} exists: choose another name`);
  }
  for (const [template, file] of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, filled(join(kind, `${template}.txt`), words));
    process.stdout.write(`wrote ${file}\n`);
  }
  format(files.map(([, file]) => file).filter((file) => file.endsWith('.ts')));
  const resource = join(kind, 'resource.yaml.txt');
  if (existsSync(join(TEMPLATES, resource))) {
    const stack = words.up === '' ? 'template.yaml' : `stacks/${domain}.yaml`;
    process.stdout.write(`\nPaste under Resources in ${stack}:\n\n${filled(resource, words)}\n`);
  }
  process.stdout.write(
    `${KINDS[kind].next(words)}\nThen: npm run check, and npm test -- ${name}\n`,
  );
}

function readArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    options: { domain: { type: 'string' } },
    allowPositionals: true,
  });
  const [kind, name, ...others] = positionals;
  if (kind === undefined || name === undefined || others.length > 0) {
    throw new UsageError(
      'Write npm run new -- workflow|function|event|scenario NAME --domain DOMAIN',
    );
  }
  if (!Object.hasOwn(KINDS, kind)) {
    throw new UsageError(`No kind "${kind}": there is ${Object.keys(KINDS).join(', ')}`);
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new UsageError(`"${name}" is no name: write lower case with hyphens, such as ship-order`);
  }
  return { kind, name, domain: checkedDomain(values.domain) };
}

function checkedDomain(domain) {
  const domains = readdirSync('functions').filter(
    (folder) => folder !== 'shared' && !folder.includes('.'),
  );
  if (domain !== undefined && domains.includes(domain)) return domain;
  const problem = domain === undefined ? 'No domain' : `No domain "${domain}"`;
  throw new UsageError(`${problem}: write --domain with one of ${domains.join(', ')}`);
}

/** After the last scenario, and with room before it for one that is written later. */
function nextOrder() {
  if (!existsSync('scenarios')) return 10;
  const orders = readdirSync('scenarios', { recursive: true })
    .filter((file) => /^[^/\\]+[/\\][^/\\]+\.json$/.test(file))
    .map((file) => JSON.parse(readFileSync(join('scenarios', file), 'utf8')).order ?? 0);
  return 10 * (Math.floor(Math.max(0, ...orders) / 10) + 1);
}

function filled(template, words) {
  const text = readFileSync(join(TEMPLATES, template), 'utf8');
  return text.replace(/\{\{(\w+)\}\}/g, (_, word) => words[word]);
}

/** Breaks lines where the name makes them too long, and sorts imports. */
function format(files) {
  if (files.length === 0) return;
  const biome = join('node_modules', '@biomejs/biome/bin/biome');
  const check = ['check', '--write', '--vcs-enabled=false', ...files];
  execFileSync(process.execPath, [biome, ...check], { stdio: 'pipe' });
}

function pascal(name) {
  return name.replace(/(^|-)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());
}

try {
  main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS');
  if (!isUsage) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
