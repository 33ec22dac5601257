import { describe, expect, it } from 'vitest';

import { emptyFolder, workspaceClone } from '../src/guide-place.ts';
import { ShellSession } from '../src/shell-session.ts';

/** Runs commands in a place; what they print. */
async function printed(place: Parameters<typeof shell>[0], commands: string): Promise<string> {
  const session = shell(place);
  try {
    const { status, output } = await session.run({ line: 1, commands });
    expect(status, output).toBe(0);
    return output;
  } finally {
    session.close();
  }
}

function shell(place: ConstructorParameters<typeof ShellSession>[0]): ShellSession {
  return new ShellSession(place);
}

describe('workspaceClone', { tags: ['slow'] }, () => {
  it('is a clean clone on main, with nothing of the workspace on its path, where npm install finds all in place', async () => {
    await using clone = await workspaceClone();
    const commands = 'git status --short && git rev-parse --abbrev-ref HEAD && command -v clamor || echo no clamor';
    expect(await printed(clone, commands)).toBe('main\nno clamor\n');
    expect(await printed(clone, 'npm install >/dev/null && git status --short')).toBe('');
  });
});

describe('emptyFolder', { tags: ['slow'] }, () => {
  it('has nothing but a registry with our packages', async ({ skip }) => {
    const place = await emptyFolder();
    if (typeof place === 'string') return skip(place);
    await using empty = place;
    expect(await printed(empty, 'ls -A')).toBe('');
    expect(await printed(empty, 'npm view @clamor/spam name')).toBe('@clamor/spam\n');
    expect(
      await printed(empty, 'npm install --no-audit --no-fund @clamor/contract && ls node_modules/@clamor'),
    ).toMatch(/\ncontract\n$/);
  });
});
