import { describe, expect, it } from 'vitest';

import { guideSteps } from './guide-steps.ts';

const fenced = (...blocks: readonly (readonly [info: string, text: string])[]): string =>
  blocks.map(([info, text]) => `\`\`\`${info}\n${text}\n\`\`\`\n`).join('\nProse.\n\n');

describe('guideSteps', () => {
  it('reads commands with the line that they begin on, and the output that follows them', () => {
    expect(guideSteps(fenced(['sh', 'a\nb'], ['console', 'out'], ['ts', 'x'], ['sh', 'c']), 'g.md')).toEqual([
      { line: 2, commands: 'a\nb', inSecondTerminal: false, shown: { line: 9, text: 'out' } },
      { line: 21, commands: 'c', inSecondTerminal: false, shown: null },
    ]);
  });

  it('tells a second terminal', () => {
    expect(guideSteps(fenced(['sh second terminal', 'serve']), 'g.md')).toMatchObject([{ inSecondTerminal: true }]);
  });

  it.each([
    ['output of nothing', fenced(['console', 'out']), 'g.md:2 shows output'],
    ['output after another block', fenced(['sh', 'a'], ['json', '{}'], ['console', 'out']), 'g.md:14 shows output'],
    ['two outputs of one block', fenced(['sh', 'a'], ['console', 'x'], ['console', 'y']), 'g.md:14 shows output'],
    ['commands that nobody would run', fenced(['bash', 'a']), 'g.md:2 begins with ```bash'],
    ['a fence that is not closed', 'x\n```sh\na\n', 'g.md:2 opens a block'],
  ])('refuses %s', (_, markdown, message) => {
    expect(() => guideSteps(markdown, 'g.md')).toThrow(message);
  });
});
