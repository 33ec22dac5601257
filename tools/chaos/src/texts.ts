import type { Random } from '@clamor/evaluation';
import { POISON } from './examples.ts';

const WORDS = [
  'lunch',
  'on',
  'friday',
  'the',
  'report',
  'is',
  'late',
  'again',
  'we',
  'meet',
  'there',
  'hello',
  'thanks',
];
const TELLING = ['cash', 'money', 'pills', 'BUY', 'NOW', 'FREE', 'http://a.example', 'http://b.example'];

/**
 * Draws texts on which sound members agree and differ; one of them, the last, is the poisonous one.
 *
 * @param count - ≥ 1.
 */
export function drawTexts(random: Random, count: number): string[] {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
  const texts = Array.from({ length: count - 1 }, () => {
    const telling = random() < 0.4 ? 0.4 : 0.02;
    const length = 1 + Math.floor(random() * 14);
    return Array.from({ length }, () => pick(random() < telling ? TELLING : WORDS)).join(' ');
  });
  return [...texts, POISON];
}
