/** One thing that was looked at. `note`: worth knowing, and nothing is refused for it. `fault`: to be repaired. */
export interface Finding {
  readonly about: string;
  readonly level: 'ok' | 'note' | 'fault';
  readonly text: string;
}
