import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes a table of Markdown.
 * @param {string[]} head Its columns: the first is aligned to the left, the others to the right unless `align` says.
 * @param {string[][]} rows
 * @param {string[]} [align] `---` or `--:` for each column.
 */
export function table(head, rows, align = head.map((_, at) => (at === 0 ? '---' : '--:'))) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(align), ...rows.map(line)].join('\n');
}

/**
 * Puts tables between their marks in a document; with `--check` it says instead whether they are there.
 * @param {string} file
 * @param {Record<string, string>} tables By the names of their marks, `<!-- name -->` and `<!-- /name -->`.
 * @param {string} outdated What is said where they are not, and how they are made.
 */
export function fillDocument(file, tables, outdated) {
  const before = readFileSync(file, 'utf8');
  const after = Object.entries(tables).reduce(
    (text, [name, made]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`),
        (_, begin, end) => `${begin}\n${made}\n${end}`,
      ),
    before,
  );
  if (!process.argv.includes('--check')) return writeFileSync(file, after);
  if (after === before) return;
  process.stderr.write(`${outdated}\n`);
  process.exitCode = 1;
}
