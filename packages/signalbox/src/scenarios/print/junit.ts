import type { PlayedScenario } from '../play-all.ts';

/**
 * Writes scenarios as a JUnit report, the XML that CI services read: one test suite for each folder
 * of scenarios, one test case for each scenario.
 * @param played The scenarios in the order in which they were played.
 */
export function junitReport(played: readonly PlayedScenario[]): string {
  const suites = [...new Set(played.map(folderOf))].map((folder) =>
    suiteOf(
      folder,
      played.filter((one) => folderOf(one) === folder),
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function folderOf({ scenario }: PlayedScenario): string {
  return scenario.file.split('/').slice(0, -1).join('/');
}

function suiteOf(folder: string, played: readonly PlayedScenario[]): string {
  const failures = played.filter(({ differences }) => differences.length > 0).length;
  const skipped = played.filter((one) => one.skipped !== undefined).length;
  const time = seconds(played.reduce((sum, { realMs }) => sum + realMs, 0));
  const counts = `tests="${played.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return [
    `  <testsuite name="${escapeXml(folder)}" ${counts} time="${time}">`,
    ...played.map(caseOf),
    '  </testsuite>',
  ].join('\n');
}

function caseOf(played: PlayedScenario): string {
  const { scenario, differences, skipped, realMs } = played;
  const head = `    <testcase name="${escapeXml(scenario.title)}" classname="${escapeXml(scenario.file)}" time="${seconds(realMs)}"`;
  const [first] = differences;
  if (skipped !== undefined) {
    return `${head}>\n      <skipped message="${escapeXml(skipped)}"/>\n    </testcase>`;
  }
  if (first === undefined) return `${head}/>`;
  const text = escapeXml(differences.join('\n'));
  return `${head}>\n      <failure type="assertion" message="${escapeXml(first)}">${text}</failure>\n    </testcase>`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** XML 1.0 has no way to write most control characters: they become a replacement character. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character);
}
