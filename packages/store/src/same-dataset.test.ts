import { describe, expect, it } from 'vitest';

import { assertSameDataset } from './same-dataset.ts';

const words = { name: 'words', dataset: 'spam@1', datasetHash: 'd1' };
const urls = { ...words, name: 'urls' };
const inUse = { dataset: 'spam@1', datasetHash: 'd1' };
const refused = expect.objectContaining({ code: 'STORE_DATASET_MISMATCH' }) as Error;

describe('assertSameDataset', () => {
  it('lets columns of the dataset in use be joined', () => {
    expect(() => assertSameDataset([words, urls], inUse)).not.toThrow();
    expect(() => assertSameDataset([], inUse)).not.toThrow();
  });

  it('refuses another hash, no hash, and another dataset, and names the column', () => {
    for (const other of [
      { ...urls, datasetHash: 'd2' },
      { ...urls, datasetHash: null },
      { ...urls, dataset: 'spam@2' },
    ]) {
      expect(() => assertSameDataset([words, other], inUse)).toThrow(refused);
      expect(() => assertSameDataset([words, other], inUse)).toThrow('"urls" over');
    }
  });

  it('refuses mixed hashes when the hash in use is not known, one without a hash among them', () => {
    for (const datasetHash of ['d2', null]) {
      expect(() => assertSameDataset([words, { ...urls, datasetHash }], { dataset: 'spam@1' })).toThrow(refused);
      expect(() => assertSameDataset([{ ...urls, datasetHash }, words], { dataset: 'spam@1' })).toThrow(refused);
    }
  });

  it('lets columns without a hash be joined when nobody knows one', () => {
    const unknown = [words, urls].map((column) => ({ ...column, datasetHash: null }));
    expect(() => assertSameDataset(unknown, { dataset: 'spam@1' })).not.toThrow();
  });
});
