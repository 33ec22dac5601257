import { writeFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { temporaryFile, temporaryFolder } from '../test/files.ts';
import { decodeNpy, encodeNpy, readNpy, writeNpy } from './npy.ts';

// python3 -c "import numpy,sys; numpy.save(sys.stdout.buffer, numpy.array([[1, 2.5]], '<f4'))" | base64, NumPy 2
const BY_NUMPY =
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDIpLCB9ICAgICAg' +
  'ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAgQA==';

describe('decodeNpy', () => {
  it('reads what NumPy writes', () => {
    expect(decodeNpy(Buffer.from(BY_NUMPY, 'base64'), 'a.npy')).toEqual({
      shape: [1, 2],
      values: Float32Array.of(1, 2.5),
    });
  });

  it('refuses other files, types and orders, and a file that is cut off', () => {
    const sound = encodeNpy(Int32Array.of(1, 2, 3));
    const text = sound.toString('latin1');
    const wrong = [
      '',
      '\x93NUMPY\x01\x00',
      'PK',
      text.slice(0, -1),
      `${text}!`,
      text.replace('<i4', '>i4'),
      text.replace('False,', 'True, '),
      text.replace('\x93NUMPY\x01', '\x93NUMPY\x02'),
      text.replace('(3,)', '(4,)'),
    ];
    for (const bytes of wrong) {
      expect(() => decodeNpy(Buffer.from(bytes, 'latin1'), 'a.npy')).toThrow(
        expect.objectContaining({ code: 'STORE_NPY_INVALID' }),
      );
    }
  });
});

describe('encodeNpy', () => {
  it('begins its values at a multiple of 64 bytes, as NumPy does', () => {
    for (const shape of [[0], [0, 384], [0, 100_000, 7]]) {
      const bytes = encodeNpy(new Float32Array(0), shape);
      expect(bytes.length % 64).toBe(0);
      expect(bytes.at(-1)).toBe(10);
    }
  });

  it('gives back values and shape of every type', () => {
    fc.assert(
      fc.property(
        fc.float32Array(),
        fc.int8Array(),
        fc.uint8Array(),
        fc.int32Array(),
        fc.bigInt64Array(),
        (...arrays) => {
          for (const values of arrays) {
            expect(decodeNpy(encodeNpy(values), 'a.npy')).toEqual({ shape: [values.length], values });
          }
        },
      ),
    );
  });

  it('writes a part of a larger memory', () => {
    const values = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(decodeNpy(encodeNpy(values, [2, 1]), 'a.npy')).toEqual({ shape: [2, 1], values: Float32Array.of(2, 3) });
  });
});

describe('readNpy', () => {
  it('reads what writeNpy wrote', async () => {
    const file = `${temporaryFolder()}/a.npy`;
    await writeNpy(file, Uint8Array.of(7, 8), [2, 1]);
    expect(await readNpy(file)).toEqual({ shape: [2, 1], values: Uint8Array.of(7, 8) });
  });

  it('refuses a file that is not there, and one that is none', async () => {
    await expect(readNpy(`${temporaryFolder()}/none.npy`)).rejects.toMatchObject({ code: 'STORE_FILE_MISSING' });
    const file = temporaryFile('a.npy', '');
    writeFileSync(file, 'text');
    await expect(readNpy(file)).rejects.toMatchObject({ code: 'STORE_NPY_INVALID' });
  });
});
