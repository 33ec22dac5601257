import { describe, expect, it } from 'vitest';
import { isFrom, sourceRepository } from './source-repository.ts';

describe('sourceRepository', () => {
  it.each([
    [{ type: 'git', url: 'git+https://github.com/Acme/Spam.git' }],
    ['https://github.com/acme/spam'],
    ['git://github.com/acme/spam.git#main'],
    ['git+ssh://git@github.com/acme/spam.git'],
    ['git@github.com:acme/spam.git'],
    ['github:acme/spam'],
    ['acme/spam'],
  ])('reads %j', (repository) => {
    expect(sourceRepository(repository)).toBe('https://github.com/acme/spam');
  });

  it('reads a project in groups of GitLab', () => {
    expect(sourceRepository('https://gitlab.com/acme/mail/spam.git')).toBe('https://gitlab.com/acme/mail/spam');
    expect(sourceRepository('gitlab:acme/spam')).toBe('https://gitlab.com/acme/spam');
  });

  it.each([[undefined], [null], [{}], [''], ['spam'], [7]])('is null for %j', (repository) => {
    expect(sourceRepository(repository)).toBeNull();
  });
});

describe('isFrom', () => {
  it('takes a repository for itself and for its owner, whatever the case', () => {
    expect(isFrom('https://github.com/Acme/spam', 'https://github.com/acme/spam.git')).toBe(true);
    expect(isFrom('https://github.com/acme/spam', 'https://github.com/acme/')).toBe(true);
  });

  it('does not take the beginning of a name for the name', () => {
    expect(isFrom('https://github.com/acme/spam-evil', 'https://github.com/acme/spam')).toBe(false);
    expect(isFrom('https://github.com/acme-evil/spam', 'https://github.com/acme')).toBe(false);
  });
});
