import { describe, expect, it } from 'vitest';
import { listedCodes, runnableBlocks } from './readme.ts';

describe('runnableBlocks', () => {
  it('finds a block that imports a package, with its line', () => {
    const text = '# x\n\n```ts\nimport { suite } from "@clamor/spam";\n```\n';
    expect(runnableBlocks('x.md', text)).toEqual([
      { file: 'x.md', line: 4, code: 'import { suite } from "@clamor/spam";\n' },
    ]);
  });

  it('finds a dynamic import', () => {
    expect(runnableBlocks('x.md', "```ts\nawait import('@clamor/spam');\n```\n")).toHaveLength(1);
  });

  it('leaves out a fragment and a block without an import', () => {
    expect(runnableBlocks('x.md', "```ts ignore\nimport '@clamor/spam';\n```\n")).toEqual([]);
    expect(runnableBlocks('x.md', '```ts\nconst x = 1;\n```\n')).toEqual([]);
  });
});

describe('listedCodes', () => {
  it('reads the codes of the section Errors and of no other', () => {
    expect(
      listedCodes('# x\n`NOT_THIS`\n## Errors\n\n| `B_TWO` | |\n| `A_ONE` | |\n\n## Licence\n`NOR_THIS`\n'),
    ).toEqual(['A_ONE', 'B_TWO']);
  });

  it('reads a section that ends the document', () => {
    expect(listedCodes('## Errors\n`A_ONE`')).toEqual(['A_ONE']);
  });

  it('is empty without the section', () => {
    expect(listedCodes('# x\n`A_ONE`')).toEqual([]);
  });
});
