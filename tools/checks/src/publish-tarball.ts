import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * Puts a tarball into a registry that asks for no account, as `npm publish` does: that one takes a second for each.
 *
 * @param url - Of the registry, with a slash at its end.
 * @throws {Error} when the registry refuses, as it does a version that it has.
 * @see https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md, and libnpmpublish, which makes the same document.
 */
export async function publishTarball(tarball: string, url: string): Promise<void> {
  const bytes = readFileSync(tarball);
  const text = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
  const manifest = JSON.parse(text) as { readonly name: string; readonly version: string };
  const { name, version } = manifest;
  const file = `${name}-${version}.tgz`;
  const hash = (algorithm: string, encoding: 'hex' | 'base64'): string =>
    createHash(algorithm).update(bytes).digest(encoding);
  const dist = {
    integrity: `sha512-${hash('sha512', 'base64')}`,
    shasum: hash('sha1', 'hex'),
    tarball: `${url}${name}/-/${basename(file)}`,
  };
  const document = {
    _id: name,
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist } },
    access: null,
    _attachments: {
      [file]: { content_type: 'application/octet-stream', data: bytes.toString('base64'), length: bytes.length },
    },
  };
  const response = await fetch(`${url}${name.replace('/', '%2f')}`, {
    method: 'PUT',
    // A connection of its own: the commands between two of them may block this process for longer than one is kept open.
    headers: { 'content-type': 'application/json', authorization: 'Bearer nobody', connection: 'close' },
    body: JSON.stringify(document),
  });
  const answer = await response.text();
  if (!response.ok)
    throw new Error(`${url} refuses ${name}@${version} with ${response.status}: ${answer.slice(0, 500)}`);
}
