// The forms on paper: what comes out of a printer.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { desktop, launch, open, phone } from '../support/browser.mjs'
import { isGood } from '../support/checks.mjs'
import { startServer } from '../support/server.mjs'

let browser
let server
before(async () => {
  server = await startServer()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

/** Prints the page that is open on A4, and keeps it in e2e/out to be looked at. Gives the number of pages. */
async function print(page, name) {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false })
  writeFileSync(fileURLToPath(new URL(`../out/${name}.pdf`, import.meta.url)), pdf)
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length
}

// The whole form was 31 pages before it was set in columns; nobody fills in that.
for (const [path, name, most] of [['/paper', 'paper', 6], ['/paper/2', 'paper-2', 6], ['/paper/short', 'paper-short', 2], ['/paper/easy', 'paper-easy', 12]]) {
  test(`${path} prints on at most ${most} pages`, async t => {
    const page = await open(t, browser, server, { viewport: desktop })
    await page.goto(path)
    const pages = await print(page, name)
    t.diagnostic(`${pages} pages`)
    assert.ok(pages <= most, `${pages} pages`)
    assert.ok(pages >= 2, 'it is a form, not an error')
  })

  test(`${path} is good on every screen`, async t => {
    const page = await open(t, browser, server, { viewport: phone })
    await page.goto(path)
    await isGood(page, name)
    assert.deepEqual(page.elsewhere, [])
    assert.deepEqual(page.problems, [])
  })
}

test('everything that a paper form asks has room for an answer', async t => {
  const page = await open(t, browser, server)
  for (const path of ['/paper', '/paper/2', '/paper/short']) {
    await page.goto(path)
    const bare = await page.$$eval('.ask', all => all
      .filter(one => !one.querySelector('.lines i, .ticks li, td.tick'))
      .filter(one => !one.nextElementSibling?.matches('h3, .ask'))
      .map(one => one.innerText))
    assert.deepEqual(bare, [], path)
  }
})

test('the pictures of the Easy Read form stand beside words', async t => {
  const page = await open(t, browser, server)
  await page.goto('/paper/easy')
  const steps = await page.$$eval('.step', all => all.map(one => ({
    pictures: one.querySelectorAll('svg[aria-hidden=true]').length,
    lines: [...one.querySelectorAll('p')].map(line => line.innerText.trim().split(/\s+/).length),
    heading: one.querySelector('h2').innerText.trim(),
  })))
  assert.ok(steps.length > 12, `${steps.length} steps`)
  for (const { pictures, lines, heading } of steps) {
    assert.equal(pictures, 1, heading)
    assert.ok(heading.length > 0)
    assert.ok(lines.every(words => words <= 14), `${heading}: ${lines}`)
  }
})

// The second half of the whole form is a little over what a page may weigh.
for (const [path, most] of [['/paper', 6], ['/paper/2', 7], ['/paper/short', 6], ['/paper/easy', 6]]) {
  test(`${path} is small`, async t => {
    const page = await open(t, browser, server, { viewport: phone, cache: true })
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    let bytes = 0
    network.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength })
    await page.goto(path, { waitUntil: 'load' })
    t.diagnostic(`first visit: ${bytes} bytes`)
    assert.ok(bytes <= 20 * 1024, `${bytes} bytes at the first visit`)
    bytes = 0
    await page.goto('about:blank')
    await page.goto(path, { waitUntil: 'load' })
    t.diagnostic(`second visit: ${bytes} bytes`)
    assert.ok(bytes <= most * 1024, `${bytes} bytes at the second visit`)
  })
}
