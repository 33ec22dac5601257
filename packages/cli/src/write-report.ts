import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { errorMessage } from '@clamor/contract';
import {
  type DecisionReport,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderTerminal,
  type Report,
} from '@clamor/report';

import { CliError } from './errors.ts';
import { type Io, printable } from './io.ts';

/** Where a report goes besides stdout. */
export interface ReportOutputs {
  readonly json?: boolean;
  readonly html?: string;
  readonly markdown?: string;
  /** Of decisions only. */
  readonly junit?: string;
}

/** Where the answer to one question goes: there is no page of it. */
export type AnswerOutputs = Omit<ReportOutputs, 'html'>;

/**
 * Prints a report and writes the files that were asked for, each as a whole or not at all.
 *
 * @throws {CliError} `CLI_OUTPUT_UNWRITABLE`
 */
export async function writeReport(report: Report, outputs: ReportOutputs, io: Io): Promise<void> {
  const width = Math.max(60, Math.min(100, io.width ?? 100));
  io.stdout.write(outputs.json === true ? renderJson(report) : renderTerminal(report, { width, colour: io.colour }));
  if (outputs.html !== undefined) await writeText(outputs.html, renderHtml(report), io);
  if (outputs.markdown !== undefined) await writeText(outputs.markdown, renderMarkdown(report), io);
  if (outputs.junit !== undefined && isDecision(report)) await writeText(outputs.junit, renderJunit(report), io);
}

function isDecision(report: Report): report is DecisionReport {
  return report.kind === 'gate' || report.kind === 'change' || report.kind === 'joint';
}

/**
 * Writes a file as a whole or not at all, and says so on stderr.
 *
 * @throws {CliError} `CLI_OUTPUT_UNWRITABLE`
 */
export async function writeText(file: string, text: string, io: Io): Promise<void> {
  const path = resolve(io.cwd, file);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (cause) {
    throw new CliError(
      'CLI_OUTPUT_UNWRITABLE',
      `"${file}" cannot be written: ${errorMessage(cause)}. Choose another path.`,
      {
        cause,
      },
    );
  } finally {
    await rm(temporary, { force: true });
  }
  io.stderr.write(`wrote ${printable(file)}\n`);
}
