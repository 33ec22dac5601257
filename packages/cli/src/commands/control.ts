import {
  type AuditEntry,
  describeSlot,
  type KnownSlot,
  type Mode,
  slotNamed,
  slotState,
  type StartingSlot,
  StateStore,
  type SuiteState,
} from '@clamor/runtime';

import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type Io, printable } from '../io.ts';
import { queryAuthor } from '../query-author.ts';
import { findStateDirectory } from '../state-directory.ts';

/** What {@link control} takes. */
export interface ControlOptions {
  /** Short name of the member, or its package. */
  readonly member: string;
  /** Default the only one installed. */
  readonly suite?: string;
  /** The state directory; default `.clamor/state/SUITE` beside the package.json of the host. */
  readonly state?: string;
  readonly mode?: Mode;
  /** Percent of keys, in [0, 100]. */
  readonly rollout?: number;
  /** `null` for the version under the package's own name. */
  readonly version?: string | null;
  /** `null` for none. */
  readonly base?: string | null;
  readonly why?: string;
  /** Default the user name of git, otherwise that of the machine. */
  readonly by?: string;
  readonly json?: boolean;
}

/**
 * `clamor control MEMBER`: changes what counts, in services that run the suite with the same state directory.
 *
 * Loads no member. An edit of state.json that waits there is taken over before, and one that is refused is said.
 *
 * @throws {RuntimeError} The `STATE_` codes.
 */
export async function control(options: ControlOptions, io: Io): Promise<ExitCode> {
  const { dir, slots, memberOf } = findStateDirectory(options, io);
  const { mode, rollout, version, base, why = '' } = options;
  const change = {
    member: memberOf(options.member),
    ...(mode === undefined ? {} : { mode }),
    ...(rollout === undefined ? {} : { rollout }),
    ...(version === undefined ? {} : { version }),
    ...(base === undefined ? {} : { base }),
  };
  const by = options.by ?? (await queryAuthor(io));
  const made: AuditEntry[] = [];
  await using store = await StateStore.open({
    dir,
    slots,
    watch: false,
    now: () => io.now(),
    onChange: (entry) => void made.push(entry),
    onRefused: ({ code, message }) => {
      io.stderr.write(
        `${printable(`clamor: [${code}] ${message}\nA change writes over it and keeps it as state.refused.json.`)}\n`,
      );
    },
  });
  await store.change({ ...change, by, why });
  for (const entry of made)
    io.stdout.write(`${printable(options.json === true ? toJson(dir, entry) : toText(entry, slots))}\n`);
  if (options.json !== true) io.stdout.write(`${printable(`Recorded in ${dir}.`)}\n`);
  return EXIT_CODES.ok;
}

function toJson(dir: string, entry: AuditEntry): string {
  return JSON.stringify({ dir, ...entry });
}

function toText({ change, before, after, by, why, stateVersion }: AuditEntry, slots: readonly KnownSlot[]): string {
  const what =
    'edited' in change
      ? 'edit of state.json taken over'
      : changedSlot(slotNamed(slots, change.member), { before, after });
  return `${what}. Revision ${after.revision}, state version ${stateVersion}, by ${by}: ${why}`;
}

function changedSlot(
  slot: StartingSlot,
  { before, after }: { readonly before: SuiteState; readonly after: SuiteState },
): string {
  const { member } = slot;
  const [was, is] = [before, after].map((state) => describeSlot(slotState(state, slot)));
  return was === is ? `${member}: ${is}, as before` : `${member}: ${was} → ${is}`;
}
