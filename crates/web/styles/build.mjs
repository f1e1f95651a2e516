// Compiles safehold.scss to ../static/safehold.css, which is committed so that Rust needs no Node.
// `npm run build` writes it; `npm run check` fails if the committed file is not what the sources give.
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import * as sass from 'sass'

const here = new URL('.', import.meta.url)
const target = new URL('../static/safehold.css', here)

const compiled = sass.compile(new URL('safehold.scss', here).pathname, {
  loadPaths: [new URL('node_modules/govuk-frontend/dist', here).pathname],
  style: 'compressed',
  charset: false,
  quietDeps: true,
}).css

// govuk-frontend speaks of left and right; readers of Arabic or Urdu need start and end.
const logical = compiled
  .replace(/\b(margin|padding|border)-(left|right)\b/g, (_, what, side) => `${what}-inline-${edge(side)}`)
  .replace(/([{;])(left|right):/g, (_, before, side) => `${before}inset-inline-${edge(side)}:`)
  .replace(/\b(text-align|float|clear):(left|right)\b/g, (_, what, side) =>
    what === 'text-align' ? `${what}:${edge(side)}` : `${what}:inline-${edge(side)}`)

// Our root always sets these, so the fallback of each use is dead weight.
const lean = logical
  .replace(/var\((--govuk-[a-z-]+-colour), #[0-9a-f]{3,8}\)/g, 'var($1)')
  // Files for browsers that know none of the rest of the sheet.
  .replace(/@media screen\\0 ?\{(?:[^{}]*\{[^{}]*\})*\}/g, '')
  .replace(/, ?\(-ms-high-contrast: ?active\)/g, '')

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== lean) {
    console.error('static/safehold.css is not current: run `npm run build` in crates/web/styles')
    process.exit(1)
  }
} else {
  writeFileSync(target, lean)
  console.log(`safehold.css: ${lean.length} bytes, ${brotliCompressSync(lean).length} with brotli`)
}

function edge(side) {
  return side === 'left' ? 'start' : 'end'
}
