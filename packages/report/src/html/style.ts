/**
 * The style sheet of the page.
 *
 * Blue and orange are of the palette of Okabe and Ito, which people with any kind of colour blindness can tell apart;
 * what a colour says is also said in words. Dark where the reader's system is dark.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --ink: #1a1c20; --muted: #5b5f67; --line: #e3e0d8; --wash: #f4f2ec;
  --tp: #0072b2; --fp: #d55e00; --none: #9b9da1; --fp-ink: #a84400; --shade: #1a1c2026; --warn: #fff3d6; --warn-ink: #5f4300; --open-ink: #7a5600;
  --sans: "Inter", -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", system-ui, sans-serif;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", Georgia, "Liberation Serif", serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --ink: #e9e7e1; --muted: #a2a6ae; --line: #2e3239; --wash: #1c1f24;
    --tp: #56b4e9; --fp: #f0913a; --none: #7d8087; --fp-ink: #f5a85f; --shade: #000000b3; --warn: #33290f; --warn-ink: #f2d793; --open-ink: #e8c15a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 4rem 2.5rem 6rem; max-width: 64rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 var(--sans); font-variant-numeric: tabular-nums lining-nums; overflow-wrap: break-word;
}
h1, h2, h3, .verdict { font-family: var(--serif); font-weight: 600; line-height: 1.15; text-wrap: balance; }
h1 { font-size: 3.25rem; margin: 0; letter-spacing: -.015em; }
h2 { font-size: 2rem; margin: 0; }
h3 { font-size: 1.5rem; margin: 4.5rem 0 1rem; }
h4 { font-size: 1rem; font-weight: 600; margin: 0 0 .75rem; }
p, ul, dl, figure { margin: 0; }
ul { padding: 0; list-style: none; }
code { font: .875em var(--mono); }
small, figcaption, caption { color: var(--muted); }
a { color: var(--tp); text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--tp); outline-offset: 3px; border-radius: 2px; }

.brand, .eyebrow { font-size: .8125rem; font-weight: 600; letter-spacing: .08em; color: var(--muted); }
.brand { margin-bottom: .5rem; }
.eyebrow { margin-bottom: .25rem; }
.versions { display: flex; flex-wrap: wrap; gap: .125rem 1.5rem; margin-top: .75rem; color: var(--muted); font-size: .9375rem; }
h1.long { font-size: 2.25rem; line-height: 1.2; }
.answer { width: fit-content; margin-top: 1.5rem; padding: .25rem .875rem; border: 2px solid currentColor; border-radius: 4px; font-size: 1.25rem; font-weight: 600; }
.answer.good { color: var(--tp); }
.answer.bad { color: var(--fp-ink); }
.answer.open { color: var(--open-ink); }
.answer.idle { color: var(--muted); }
.answer + .verdict { margin-top: 1.25rem; }
.verdict + .warnings { margin: 0 0 2.5rem; }
.scroll + .scroll, .scroll + .data, .plot + .data { margin-top: 2.5rem; }
.warnings + .scroll { margin-top: 2rem; }
section > header > h2:last-child { margin-bottom: 1.25rem; }
pre { margin: 1rem 0; padding: .75rem 1rem; border-radius: 4px; background: var(--wash); font: .875rem/1.7 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.line { margin-top: 2.5rem; max-width: 46rem; font-size: 1.0625rem; }
nav { display: flex; flex-wrap: wrap; gap: 1.25rem; margin-top: 1.5rem; }
main > section { margin-top: 4.5rem; padding-top: 2.5rem; border-top: 1px solid var(--line); }

.description { margin-top: .5rem; max-width: 44rem; }
.facts { display: flex; flex-wrap: wrap; gap: .125rem 1.5rem; margin-top: .75rem; color: var(--muted); font-size: .9375rem; }
.warnings { display: grid; gap: .375rem; margin: 1.25rem 0 0; max-width: 44rem; }
.warnings li { padding: .375rem .75rem; border-radius: 4px; background: var(--warn); color: var(--warn-ink); font-size: .9375rem; }
.notes, .findings { display: grid; gap: .5rem; max-width: 44rem; margin: 1.5rem 0; }
.findings { font-size: 1.0625rem; }
.findings li { border-left: 2px solid var(--line); padding-left: .875rem; }

.verdict { margin: 3rem 0 2.5rem; max-width: 46rem; font-size: 2rem; font-weight: 400; line-height: 1.3; }
.headline { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2rem 2.5rem; }
.headline div { border-top: 2px solid var(--ink); padding-top: .75rem; }
.headline dt { font-weight: 600; }
.headline dd { margin: 0; }
.headline .value { font-size: 3.5rem; line-height: 1.15; font-weight: 400; letter-spacing: -.035em; }
.headline .value.words { font-size: 1.5rem; letter-spacing: 0; line-height: 1.3; margin: .75rem 0; }
.headline .interval { min-height: 1.55em; }
.headline .counts { color: var(--muted); font-size: .9375rem; }

.scroll {
  overflow-x: auto; max-width: 100%;
  /* A shadow at the edge behind which there is more: the cover moves with the content, the shadow does not. */
  background: linear-gradient(to left, var(--paper) 40%, transparent) right / 3rem 100% no-repeat local,
    linear-gradient(to left, var(--shade), transparent) right / 1.25rem 100% no-repeat scroll;
}
table { border-collapse: collapse; width: 100%; font-size: .9375rem; line-height: 1.4; }
caption { text-align: left; padding-bottom: 1rem; font-size: .9375rem; }
th, td { padding: .5rem 0 .5rem 1.25rem; text-align: left; vertical-align: baseline; }
th:first-child, td:first-child { padding-left: 0; }
.right { text-align: right; white-space: nowrap; }
thead th { font-weight: 400; color: var(--muted); border-bottom: 1px solid var(--ink); padding-top: .25rem; }
.groups th { border: 0; padding-bottom: 0; text-align: right; }
.groups th span { display: block; border-bottom: 1px solid var(--line); padding-bottom: .25rem; white-space: nowrap; }
tbody th { font-weight: 600; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody small { font-size: .8125rem; display: inline-block; min-width: 6.25em; text-align: left; }
tr.strong { background: var(--wash); }

.plot { margin-top: 3rem; }
.plot figcaption { max-width: 44rem; margin-top: .75rem; font-size: .875rem; line-height: 1.5; }
.narrow { display: none; }
.wide .drawing { max-width: 100%; height: auto; }
.drawing { display: block; color: var(--ink); font-family: var(--sans); font-variant-numeric: tabular-nums; overflow: visible; }
.drawing text { white-space: pre; }
.data { margin-top: 1rem; }
.data[open] { margin-bottom: 2rem; }
.data .line { margin-top: 1rem; font-size: .9375rem; color: var(--muted); }
summary { cursor: pointer; }
.data > summary { color: var(--muted); font-size: .9375rem; margin-bottom: .75rem; }

.examples details { border-top: 1px solid var(--line); }
.examples details:last-child { border-bottom: 1px solid var(--line); }
.examples summary { padding: .875rem 0; font-weight: 600; }
.examples summary small { font-weight: 400; margin-left: .5rem; }
.examples ol { list-style: none; margin: 0 0 1.5rem; padding: 0; }
.examples li { padding: .625rem 0 .625rem 1.25rem; border-left: 2px solid var(--line); contain: paint; }
.examples .title { overflow-wrap: anywhere; max-width: 44rem; }
.examples .about { color: var(--muted); font-size: .875rem; overflow-wrap: anywhere; margin-top: .125rem; }
.chip { display: inline-block; border: 1px solid currentColor; border-radius: 3px; padding: 0 .375rem; margin-right: .5rem; font-size: .8125rem; line-height: 1.5; }
.chip.tp { color: var(--tp); }
.chip.fp { color: var(--fp-ink); }
bdi { unicode-bidi: isolate; }

footer { margin-top: 5rem; padding-top: 2rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .9375rem; }
footer h2 { font-size: 1.125rem; color: var(--ink); margin-bottom: .75rem; }
footer ul { display: grid; gap: .375rem; max-width: 48rem; }

@media (max-width: 860px) {
  body { padding: 2.5rem 1.25rem 4rem; }
  h1 { font-size: 2.5rem; }
  .wide { display: none; }
  .narrow { display: block; }
  .verdict { font-size: 1.5rem; margin: 2rem 0; }
  .headline { grid-template-columns: 1fr; gap: 1.5rem; }
  .headline .value { font-size: 2.75rem; }
  tbody th:first-child, thead th:first-child { position: sticky; left: 0; background: var(--paper); z-index: 1; padding-right: .75rem; }
  tbody th:first-child { min-width: 7.5rem; }
  .few tbody small { display: block; min-width: 0; text-align: right; }
  caption span { display: block; position: sticky; left: 0; max-width: calc(100vw - 2.5rem); }
  tr.strong th:first-child { background: var(--wash); }
  main > section { margin-top: 3rem; padding-top: 2rem; }
  h3 { margin-top: 3.25rem; }
}
@media print {
  body { max-width: none; padding: 0; }
  .plot, tr, .examples li { break-inside: avoid; }
}
`;
