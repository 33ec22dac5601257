// A suite of texts: an example is a text and its words.
import { defineSuite } from '@clamor/contract';

function validate(value) {
  if (typeof value !== 'string' || value === '') return { issues: [{ message: 'wanted a text' }] };
  return { value: { text: value, words: value.split(' ') } };
}

export const suite = defineSuite({ name: 'texts', schema: { '~standard': { version: 1, vendor: 'chaos', validate } } });
