import type { UniqueExamples } from '../src/index.ts';

/** Subjects that somebody would write to harm whoever reads the report. */
export const HOSTILE_TITLES: readonly string[] = [
  '<script>window.hacked = 1</script>',
  '"><img src="http://127.0.0.1:9/x.png" onerror="window.hacked = 2">',
  "' autofocus onfocus='window.hacked = 3",
  '</bdi></li></ol></details></style></title><svg onload="window.hacked = 4">',
  '<style>@import url(http://127.0.0.1:9/x.css);</style><link rel="stylesheet" href="http://127.0.0.1:9/y.css">',
  '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
  '\u202Egnp.exe\u2066 reversed',
  'NUL \u0000 escape \u001B[2J bell \u0007 lone \uD800 end',
  '&lt;b&gt; &amp; ${window.hacked = 5} {{constructor}}',
  'A'.repeat(100_000),
  '\u0301'.repeat(100_000),
  '\u200B'.repeat(500),
  '',
];

/** The hostile subjects as unique examples of a member, some without a label. */
export const HOSTILE_EXAMPLES: readonly UniqueExamples[] = [
  {
    member: 'm0',
    items: HOSTILE_TITLES.map((title, index) => ({
      title,
      score: 0.9,
      threshold: 0.5,
      label: ([1, 0, null] as const)[index % 3] ?? null,
      key: `${title.slice(0, 60)}-${index}`,
    })),
  },
];
