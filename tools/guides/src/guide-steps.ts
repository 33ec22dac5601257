/** One block of commands of a guide, and what the guide says that they print. */
export interface GuideStep {
  /** Line of the guide on which the first command stands, from 1. */
  readonly line: number;
  readonly commands: string;
  /** Runs beside the others until the guide is over: a server in a terminal of its own. */
  readonly inSecondTerminal: boolean;
  /** `null` when the guide shows no output. */
  readonly shown: { readonly line: number; readonly text: string } | null;
}

interface Block {
  readonly info: string;
  readonly line: number;
  readonly text: string;
}

const FENCE = /^```(.*)$/;
const SECOND_TERMINAL = 'sh second terminal';

/**
 * The blocks of commands of a guide, in order.
 *
 * A ```sh block is run. A ```console block right after one, whatever prose stands between, is its output. Blocks of other languages
 * are only to be read.
 *
 * @param markdown - The page.
 * @param file - For messages.
 * @throws {Error} when a fence is not closed, or output is shown of nothing.
 * @example guideSteps('```sh\necho hi\n```\n\n```console\nhi\n```\n', 'a.md').length // 1
 */
export function guideSteps(markdown: string, file: string): GuideStep[] {
  const steps: GuideStep[] = [];
  let mayShow = false;
  for (const { info, line, text } of blocksOf(markdown, file)) {
    if (info === 'console') {
      const step = steps.at(-1);
      if (step === undefined || !mayShow)
        throw new Error(`${file}:${line} shows output, and no command stands before it.`);
      steps[steps.length - 1] = { ...step, shown: { line, text } };
    } else if (info === 'sh' || info === SECOND_TERMINAL) {
      steps.push({ line, commands: text, inSecondTerminal: info === SECOND_TERMINAL, shown: null });
    } else if (/^(sh|bash|shell|zsh)\b/.test(info)) {
      throw new Error(`${file}:${line} begins with \`\`\`${info}: only \`\`\`sh and \`\`\`${SECOND_TERMINAL} are run.`);
    }
    mayShow = info !== 'console' && /^sh\b/.test(info);
  }
  return steps;
}

function blocksOf(markdown: string, file: string): Block[] {
  const blocks: Block[] = [];
  let open: { info: string; line: number; lines: string[] } | null = null;
  for (const [i, line] of markdown.split('\n').entries()) {
    const info = FENCE.exec(line)?.[1]?.trim();
    if (open === null) {
      if (info !== undefined) open = { info, line: i + 2, lines: [] };
    } else if (info === '') {
      blocks.push({ info: open.info, line: open.line, text: open.lines.join('\n') });
      open = null;
    } else open.lines.push(line);
  }
  if (open !== null) throw new Error(`${file}:${open.line - 1} opens a block that is never closed.`);
  return blocks;
}
