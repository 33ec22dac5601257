import { describe, expect, it } from 'vitest';
import { limitedOutput } from './output-limit.ts';

describe('limitedOutput', () => {
  it('passes on what is below the limit, and says once that more is dropped', () => {
    const passed: string[] = [];
    const print = limitedOutput((chunk) => passed.push(Buffer.from(chunk as string).toString()), 5);
    for (let i = 0; i < 1000; i++) print('abc');
    expect(passed).toEqual(['abc', 'ab', expect.stringContaining('more than 5 bytes')]);
  });

  it('counts bytes, not characters', () => {
    const passed: number[] = [];
    const print = limitedOutput((chunk) => passed.push(Buffer.from(chunk as string).length), 4);
    print('ééé');
    expect(passed[0]).toBe(4);
  });
});
