import { describe, expect, it } from 'vitest';
import { type Asked, completeWanted } from './ask.ts';
import { readCommandLine } from './command-line.ts';
import { publishedModels } from './published-models.ts';

const CWD = '/nowhere';

/** Answers in their order, and keeps what was asked; a text that is refused is an error of the test. */
function answering(...answers: readonly (string | boolean)[]): Asked & { readonly asked: string[] } {
  const asked: string[] = [];
  const next = (message: string): string | boolean | undefined => {
    asked.push(message);
    return answers[asked.length - 1];
  };
  return {
    asked,
    text: async ({ message, initial, fault }) => {
      const answer = String(next(message) ?? initial);
      expect(fault(answer)).toBe(undefined);
      return answer;
    },
    choose: async ({ message }) => next(message) as never,
    confirm: async (message) => next(message) === true,
  };
}

describe('completeWanted', () => {
  it('is a host of the spam suite with all its members where nobody is asked', async () => {
    const wanted = await completeWanted(readCommandLine([]), null, CWD);
    expect(wanted).toEqual({
      dir: '/nowhere/my-clamor',
      project: { template: 'host', suitePackage: '@clamor/spam', members: publishedModels().members },
    });
  });

  it('asks for a host and the members of a foreign suite', async () => {
    const asked = answering('app', 'host', '@acme/fraud', '@acme/fraud-cards, @acme/fraud-names');
    expect(await completeWanted(readCommandLine([]), asked, CWD)).toEqual({
      dir: '/nowhere/app',
      project: { template: 'host', suitePackage: '@acme/fraud', members: ['@acme/fraud-cards', '@acme/fraud-names'] },
    });
    expect(asked.asked).toHaveLength(4);
  });

  it('asks for a suite, its scope and Nx', async () => {
    const asked = answering('app', 'suite', 'fraud', 'acme', false);
    expect(await completeWanted(readCommandLine([]), asked, CWD)).toEqual({
      dir: '/nowhere/app',
      project: { template: 'suite', suite: 'fraud', scope: 'acme', nx: false },
    });
  });

  it('does not ask for what was said', async () => {
    const asked = answering();
    const said = readCommandLine(['app', '--suite', 'fraud', '--scope', 'acme', '--nx']);
    expect((await completeWanted(said, asked, CWD)).project).toMatchObject({ suite: 'fraud', scope: 'acme', nx: true });
    expect(asked.asked).toEqual([]);
  });

  it('takes the folder for the scope, and Nx, where nobody is asked', async () => {
    const wanted = await completeWanted(readCommandLine(['app', '--suite', 'fraud']), null, CWD);
    expect(wanted.project).toEqual({ template: 'suite', suite: 'fraud', scope: 'app', nx: true });
  });

  it('refuses a suite without a name, and a folder that cannot give one', async () => {
    const nameless = completeWanted(readCommandLine(['--template', 'suite']), null, CWD);
    await expect(nameless).rejects.toMatchObject({ code: 'CREATE_USAGE' });
    const spaced = completeWanted(readCommandLine(['My App']), answering(), CWD);
    await expect(spaced).rejects.toMatchObject({ code: 'CREATE_NAME_INVALID' });
  });
});

describe('publishedModels', () => {
  it('is the spam suite with members that are members of it', () => {
    const { suite, members } = publishedModels();
    expect(suite).toBe('@clamor/spam');
    expect(members.length).toBeGreaterThan(0);
    for (const name of members) expect(name).toMatch(/^@clamor\/spam-/);
  });
});
