import type { Picture } from './pictures.ts';

/** docs/reports.md. */
export function picturesPage(pictures: readonly Picture[]): string {
  const shown = pictures.map(({ name, sentence }) => `![${sentence}](images/${name}.png)\n\n${sentence}`);
  return `<!-- Written by "npm run pictures". -->

# What the reports look like

The figures are those of the spam suite on \`valid\`, a split that may be explored and on which its thresholds were chosen: they
show the page, not what the suite can do. \`npx clamor evaluate spam --explore valid --html report.html\` gives the same page,
with the mails that only one member calls positive below it.

${shown.join('\n\n')}
`;
}
