import { describe, expect, it } from 'vitest';
import { MAX_CHARS, readText } from './features.ts';

describe('readText', () => {
  it('is the subject, a line feed and the text', () => {
    expect(readText({ subject: 'Hello', text: 'How are you?\nAnn' })).toBe('Hello\nHow are you?\nAnn');
  });

  it('is a line feed for a mail without words', () => {
    expect(readText({ subject: '', text: '' })).toBe('\n');
  });

  it('is bounded, and keeps the subject of a mail with a long text', () => {
    const text = readText({ subject: 'Hello', text: 'x'.repeat(100_000) });
    expect(text).toHaveLength(MAX_CHARS);
    expect(text.slice(0, 7)).toBe('Hello\nx');
  });
});
