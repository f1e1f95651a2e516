// Puts the pictures of e2e/out side by side, so that a person can look at every page in every way in a quarter of an hour:
// E2E_LOOK=all npm test && node sheet.mjs; then look at e2e/out/sheets.
import { mkdirSync, readdirSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { launch } from './support/browser.mjs'

const out = fileURLToPath(new URL('out/', import.meta.url))
const sheets = `${out}sheets/`
mkdirSync(sheets, { recursive: true })

/** In which order the pictures of a page stand, and how wide each is shown. */
const ORDER = [
  [/^(.+)-375\.png$/, 'phone', 230], [/^(.+)\.dark-375\.png$/, 'dark', 230], [/^(.+)\.forced-375\.png$/, 'forced colours', 230],
  [/^(.+)\.rtl-375\.png$/, 'right to left', 230], [/^(.+)\.zoomed-320\.png$/, '400 %', 200], [/^(.+)\.print-718\.png$/, 'paper', 300],
  [/^(.+)-1280\.png$/, 'desktop', 420],
]
const pages = new Map()
for (const file of readdirSync(out)) {
  const at = ORDER.findLastIndex(([pattern]) => pattern.test(file) && !/\.(dark|forced|rtl|print|zoomed)-/.test(file.match(pattern)[1] + '-'))
  if (at < 0) continue
  const name = file.match(ORDER[at][0])[1]
  pages.set(name, [...(pages.get(name) ?? []), { file, at }])
}

const browser = await launch()
const page = await browser.newPage({ viewport: { width: 1900, height: 1000 } })
for (const [name, pictures] of pages) {
  pictures.sort((a, b) => a.at - b.at)
  const shown = pictures.map(({ file, at }) => `<figure><figcaption>${ORDER[at][1]}</figcaption>
    <img width="${ORDER[at][2]}" src="${pathToFileURL(out + file)}"></figure>`).join('')
  await page.goto(pathToFileURL(out).href)
  await page.setContent(`<style>body{margin:8px;font:14px sans-serif;background:#888}main{display:flex;gap:8px;align-items:start}
    figure{margin:0;max-height:1500px;overflow:hidden}</style><h1>${name}</h1><main>${shown}</main>`, { waitUntil: 'load' })
  await page.locator('main').screenshot({ path: `${sheets}${name}.png` })
}
await browser.close()
