/** Who waits for a seat. */
interface Waiter<Seat> {
  readonly urgent: boolean;
  readonly resolve: (seat: Seat | null) => void;
}

/**
 * Hands out seats, one holder each. Ordinary work gets at most `limit` of them at once, so that a spare stays free for urgent work,
 * which also goes first.
 */
export class SeatQueue<Seat extends object> {
  readonly #limit: number;
  readonly #free: Seat[] = [];
  readonly #ordinary = new Set<Seat>();
  readonly #waiting: Waiter<Seat>[] = [];
  readonly #reserved = new Map<Seat, (isFree: boolean) => void>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Seats that nobody holds. */
  get free(): number {
    return this.#free.length;
  }

  /** A free seat, or the next one; `null` when the signal aborts first. */
  async acquire(urgent: boolean, over: AbortSignal): Promise<Seat | null> {
    if (over.aborted) return null;
    const seat = this.#next(urgent);
    if (seat !== null) return seat;
    return new Promise((resolve) => {
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        resolve(null);
      };
      const waiter = {
        urgent,
        resolve: (found: Seat | null) => {
          over.removeEventListener('abort', giveUp);
          resolve(found);
        },
      };
      over.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(waiter);
    });
  }

  /** Gives a seat back, or brings a new one. */
  release(seat: Seat): void {
    this.#ordinary.delete(seat);
    const reserved = this.#reserved.get(seat);
    if (reserved === undefined) {
      this.#free.push(seat);
      this.#serve();
    } else {
      this.#reserved.delete(seat);
      reserved(true);
      this.#serve();
    }
  }

  /** Takes this very seat as soon as nobody holds it; `false` when it is lost before, or when somebody else asks for it later. */
  async take(seat: Seat): Promise<boolean> {
    const at = this.#free.indexOf(seat);
    if (at >= 0) {
      this.#free.splice(at, 1);
      return true;
    }
    this.#reserved.get(seat)?.(false);
    return new Promise((resolve) => this.#reserved.set(seat, resolve));
  }

  /** Forgets a seat that is lost, whoever holds it. */
  remove(seat: Seat): void {
    const at = this.#free.indexOf(seat);
    if (at >= 0) this.#free.splice(at, 1);
    this.#ordinary.delete(seat);
    this.#reserved.get(seat)?.(false);
    this.#reserved.delete(seat);
    this.#serve();
  }

  /** Sends everybody away who waits: no seat will come. */
  dismiss(): void {
    for (const waiter of this.#waiting.splice(0)) waiter.resolve(null);
  }

  #serve(): void {
    for (const waiter of this.#waiting.toSorted((a, b) => Number(b.urgent) - Number(a.urgent))) {
      const seat = this.#next(waiter.urgent);
      if (seat === null) continue;
      this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
      waiter.resolve(seat);
    }
  }

  #next(urgent: boolean): Seat | null {
    if (!urgent && this.#ordinary.size >= this.#limit) return null;
    // The one used last: its caches are warm.
    const seat = this.#free.pop();
    if (seat === undefined) return null;
    if (!urgent) this.#ordinary.add(seat);
    return seat;
  }
}
