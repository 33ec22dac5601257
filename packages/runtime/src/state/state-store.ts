import { errorMessage } from '@clamor/contract';
import { resolve } from 'node:path';
import { RuntimeError } from '../errors.ts';
import {
  type AuditEntry,
  type EntryParts,
  appendEntry,
  auditLogFile,
  cutTornLine,
  nextEntry,
  readLastEntry,
  readLog,
  recordChange,
} from './audit-log.ts';
import { compareStateFile } from './compare-state-file.ts';
import { makeFolder, stateError } from './durable-files.ts';
import { type FolderWatch, watchFolder } from './folder-watch.ts';
import { withLock } from './lock-file.ts';
import { type KnownSlot, type StateChange, applyChange } from './state-change.ts';
import { keepRefusedEdit, readStateFile, stageState, stateFile } from './state-file.ts';
import type { StateKeeper, StateKeeperOptions } from './state-keeper.ts';
import { EMPTY_STATE, type SuiteState } from './suite-state.ts';

/** Options of {@link StateStore.open}. */
export interface StateStoreOptions extends StateKeeperOptions {
  /** The state directory; made when it is not there. Of one suite, on a disk of this machine. */
  readonly dir: string;
  /** Called when an edit of state.json is refused, or when the directory cannot be read. Must not throw. */
  readonly onRefused?: (error: RuntimeError) => void;
  /** Whether to look for changes that others make; default true. Never keeps the process alive. */
  readonly watch?: boolean;
  /** Milliseconds between looks where the file system does not tell; default 2,000. */
  readonly pollMs?: number;
  /** Milliseconds to wait for another process that is changing the state; default 10,000. */
  readonly lockTimeoutMs?: number;
}

/**
 * The state of a suite in a directory that several processes may read and change.
 *
 * `audit.jsonl` is the truth: one line per change, never rewritten. `state.json` is what the changes come to, and the place where
 * an edit by hand, or by a tool, is proposed. A change is acknowledged when its line and then the file are on the disk. A
 * line that was not written to its end is cut off, and a file that fell behind is written anew, on opening and before a change.
 *
 * @example
 * // await using store = await StateStore.open({ dir: '.clamor/state/spam', slots });
 * // await store.change({ member: 'words', mode: 'off', by: 'ann', why: 'floods since 10:20' });
 */
export class StateStore implements StateKeeper {
  readonly dir: string;
  readonly #options: StateStoreOptions;
  #slots: readonly KnownSlot[];
  #last: AuditEntry | null = null;
  /** Where the line of the last entry ends. */
  #endBytes = 0;
  #refusal: RuntimeError | null = null;
  #watch: FolderWatch | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  private constructor(options: StateStoreOptions) {
    this.dir = resolve(options.dir);
    this.#options = options;
    this.#slots = options.slots;
  }

  /**
   * Opens a state directory.
   *
   * @throws {RuntimeError} `STATE_LOG_INVALID` when the log cannot be trusted; `STATE_LOCKED`, `STATE_IO_FAILED`; and what is wrong
   * with a state.json that has no log beside it, for then nobody knows an earlier state
   */
  static async open(options: StateStoreOptions): Promise<StateStore> {
    const store = new StateStore(options);
    await store.#run(async () => {
      await makeFolder(store.dir);
      await store.#locked(async () => {
        const { entries, endBytes } = await readLastEntry(store.dir);
        store.#last = entries[0] ?? null;
        store.#endBytes = endBytes;
        await store.#settle();
      });
    });
    if (store.#last === null && store.#refusal !== null) throw store.#refusal;
    if (options.watch !== false) {
      const { pollMs = 2000 } = options;
      store.#watch = watchFolder(store.dir, [auditLogFile(store.dir), stateFile(store.dir)], {
        pollMs,
        onChange: () => void store.refresh(),
      });
    }
    return store;
  }

  get current(): SuiteState {
    return this.#last?.after ?? EMPTY_STATE;
  }

  get refusal(): RuntimeError | null {
    return this.#refusal;
  }

  useSlots(slots: readonly KnownSlot[]): void {
    this.#slots = slots;
  }

  /**
   * Applies a change on top of what others have changed meanwhile.
   *
   * @returns The state after it, which is on the disk.
   * @throws {RuntimeError} As `applyChange`, then nothing has changed; `STATE_CLOSED`, `STATE_LOCKED`, `STATE_LOG_INVALID`,
   * `STATE_IO_FAILED`
   */
  async change(change: StateChange): Promise<SuiteState> {
    if (this.#isClosed) throw new RuntimeError('STATE_CLOSED', `${this.dir} was closed. Open it again to change it.`);
    return this.#run(() =>
      this.#locked(async () => {
        await this.#settle();
        const after = applyChange(this.current, change, this.#slots);
        await this.#commit({ by: change.by, why: change.why, change: recordChange(change), after });
        return after;
      }),
    );
  }

  /** Takes over what others have changed; needed only without `watch`, or by who cannot wait for it. */
  async refresh(): Promise<void> {
    if (this.#isClosed) return;
    await this.#run(async () => {
      try {
        if (!(await this.#isUpToDate())) await this.#locked(() => this.#settle());
      } catch (error) {
        this.#refuse(stateError(this.dir, error));
      }
    });
  }

  /** Ends after the changes under way; may be called twice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#watch?.close();
    await this.#queue;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Reads what was added to the log, without the lock, and says whether the state file agrees. */
  async #isUpToDate(): Promise<boolean> {
    await this.#catchUp();
    const text = await readStateFile(this.dir);
    const found = compareStateFile({ file: stateFile(this.dir), text, last: this.#last }, this.#slots);
    if (found.standing === 'refused') return this.#isKnown(found.error);
    if (found.standing === 'same') this.#refusal = null;
    return found.standing === 'same';
  }

  /** With the lock: takes over the log, and what is to be taken over of the state file. */
  async #settle(): Promise<void> {
    await this.#catchUp();
    await cutTornLine(this.dir, this.#endBytes);
    const text = await readStateFile(this.dir);
    const found = compareStateFile({ file: stateFile(this.dir), text, last: this.#last }, this.#slots);
    if (found.standing === 'refused') return this.#refuse(found.error);
    this.#refusal = null;
    if (found.standing === 'behind') await (await stageState(this.dir, this.current)).publish();
    if (found.standing !== 'edited') return;
    const { by, why, state: after } = found;
    await this.#commit({ by, why, change: { edited: 'state.json' }, after });
  }

  async #catchUp(): Promise<void> {
    const { entries, endBytes } = await readLog(this.dir, { startBytes: this.#endBytes, last: this.#last });
    for (const entry of entries) this.#adopt(entry);
    this.#endBytes = endBytes;
  }

  async #commit(parts: Omit<EntryParts, 'last' | 'before'>): Promise<void> {
    const { after } = parts;
    const entry = nextEntry({ last: this.#last, before: this.current, ...parts }, this.#options.now?.());
    if (this.#refusal !== null) await keepRefusedEdit(this.dir);
    // Written before the line, so that after the line only a rename can fail.
    const staged = await stageState(this.dir, after);
    this.#endBytes = await appendEntry(this.dir, entry, this.#endBytes);
    this.#adopt(entry);
    this.#refusal = null;
    await staged.publish().catch((cause: unknown) => {
      throw new RuntimeError(
        'STATE_IO_FAILED',
        `Revision ${after.revision} is in the audit log and counts, and state.json could not be written (${errorMessage(cause)}). Repair the disk; the next change writes it.`,
        { cause },
      );
    });
  }

  #adopt(entry: AuditEntry): void {
    this.#last = entry;
    this.#options.onChange?.(entry);
  }

  #refuse(error: RuntimeError): void {
    const isKnown = this.#isKnown(error);
    this.#refusal = error;
    if (!isKnown) this.#options.onRefused?.(error);
  }

  #isKnown(error: RuntimeError): boolean {
    return this.#refusal?.code === error.code && this.#refusal.message === error.message;
  }

  #locked<Result>(work: () => Promise<Result>): Promise<Result> {
    return withLock(this.dir, work, { timeoutMs: this.#options.lockTimeoutMs ?? 10_000 });
  }

  /** One thing after the other, so that what this process does needs no thought about itself. */
  #run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(async () => {
      try {
        return await work();
      } catch (error) {
        throw stateError(this.dir, error);
      }
    });
    this.#queue = result.catch(() => {});
    return result;
  }
}
