import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const training = fileURLToPath(new URL('../training/', import.meta.url));
const assets = fileURLToPath(new URL('../assets/', import.meta.url));
const python = join(training, '.venv/bin/python');
const weights = join(training, '.venv/weights');
const missing = [python, weights].filter((path) => !existsSync(path));
const reason = `skipped: no ${missing.join(', no ')}; see "Rebuild it" in the README`;

describe('training/export.py', () => {
  it.skipIf(missing.length > 0)(
    `gives the bytes of assets, file by file${missing.length > 0 ? ` (${reason})` : ''}`,
    { tags: ['slow'] },
    () => {
      const out = mkdtempSync(join(tmpdir(), 'minilm-'));
      execFileSync(python, [join(training, 'export.py'), '--out', out], { stdio: 'pipe' });
      for (const file of ['model.onnx', 'tokenizer.json', 'record.json']) {
        expect(readFileSync(join(out, file)).equals(readFileSync(join(assets, file))), file).toBe(true);
      }
      rmSync(out, { recursive: true });
    },
  );
});
