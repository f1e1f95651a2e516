// Leaving at once: with and without script, by pointer and by keyboard.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isElsewhere, launch, open, phone } from '../support/browser.mjs'
import { begin, concern, fillIn, goOn } from '../support/report.mjs'
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

test('the exit leads to another site without script', async t => {
  const page = await open(t, browser, server, { viewport: phone, script: false })
  await page.goto('/help')
  await page.locator('a[href="/leave"]').first().click()
  await isElsewhere(page, server)
})

test('the exit takes the page out of the history', async t => {
  const page = await open(t, browser, server, { viewport: phone })
  await page.goto('about:blank')
  await page.goto('/help')
  await page.locator('a[href="/leave"]').first().click()
  await isElsewhere(page, server)
  await page.goBack()
  assert.equal(page.url(), 'about:blank')
})

test('three presses of Shift leave', async t => {
  const page = await open(t, browser, server)
  await page.goto('/help')
  await page.keyboard.press('Shift')
  await page.keyboard.press('Shift')
  assert.equal(new URL(page.url()).origin, server.address)
  await page.keyboard.press('Shift')
  await isElsewhere(page, server)
})

test('the exit is reached with the keyboard alone', async t => {
  const page = await open(t, browser, server)
  await page.goto('/help')
  for (let count = 0; count < 50; count++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(() => document.activeElement?.getAttribute('href') === '/leave')) break
  }
  await page.keyboard.press('Enter')
  await isElsewhere(page, server)
})

test('the exit stays in sight when the page is scrolled', async t => {
  const page = await open(t, browser, server, { viewport: phone })
  await page.goto('/statement')
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  const seen = await page.locator('a[href="/leave"]').evaluateAll(links => links.some(link => {
    const box = link.getBoundingClientRect()
    return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight
  }))
  assert.ok(seen)
})

// With script the cookie goes with a request that the next page does not wait for.
async function hasNoCookie (page) {
  let cookies
  for (let tries = 0; tries < 100; tries++) {
    cookies = await page.context().cookies()
    if (!cookies.length) return
    await page.waitForTimeout(100)
  }
  assert.deepEqual(cookies, [])
}

for (const script of [false, true]) {
  test(`the exit forgets what was written, ${script ? 'with' : 'without'} script`, async t => {
    const page = await open(t, browser, server, { viewport: phone, script })
    await begin(page)
    let written
    while (!written) {
      await fillIn(page, concern)
      written = await page.locator('[name=what_happened]').count() ? page.url() : undefined
      await goOn(page)
    }
    await page.goto(written)
    assert.match(await page.locator('[name=what_happened]').inputValue(), /Clover/)
    await page.locator('a[href="/leave"]').first().click()
    await isElsewhere(page, server)
    await hasNoCookie(page)
    await page.goBack()
    assert.doesNotMatch(await page.locator('body').innerText(), /Clover/)
    assert.deepEqual(await page.locator('textarea').evaluateAll(all => all.map(one => one.value).filter(Boolean)), [])
    await page.goto(written)
    assert.doesNotMatch(await page.content(), /Clover/)
  })
}
