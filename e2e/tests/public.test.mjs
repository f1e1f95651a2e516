// What every public page has to do: for everyone, on any screen, and without giving anybody away.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, phone } from '../support/browser.mjs'
import { isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { publicPages } from '../support/pages.mjs'
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

for (const { path, name } of publicPages) {
  test(`${path} is good on every screen and gives nothing away`, async t => {
    const page = await open(t, browser, server, { viewport: phone })
    const answer = await page.goto(path, { waitUntil: 'networkidle' })
    assert.equal(answer.status(), 200)
    const headers = answer.headers()
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['set-cookie'], undefined)
    assert.doesNotMatch(await page.title(), /abuse|harm|safeguard|report|violen|racis|victim/i)
    await isGood(page, name)
    await page.setViewportSize(phone)
    await keyboardShowsFocus(page)
    assert.deepEqual(page.elsewhere, [], 'requests to other sites')
    assert.deepEqual(await page.context().cookies(), [])
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0)
    assert.deepEqual(page.problems, [])
  })

  test(`${path} is small`, async t => {
    const page = await open(t, browser, server, { viewport: phone, cache: true })
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    let bytes = 0
    let requests = 0
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
      if (encodedDataLength > 0) requests += 1
    })
    await page.goto(path, { waitUntil: 'load' })
    t.diagnostic(`first visit: ${bytes} bytes in ${requests} requests`)
    assert.ok(requests <= 3, `${requests} requests`)
    assert.ok(bytes <= 20 * 1024, `${bytes} bytes at the first visit`)
    bytes = 0
    await page.goto('about:blank')
    await page.goto(path, { waitUntil: 'load' })
    t.diagnostic(`second visit: ${bytes} bytes`)
    assert.ok(bytes <= 6 * 1024, `${bytes} bytes at the second visit`)
  })

  test(`${path} is the same without script`, async t => {
    const page = await open(t, browser, server, { viewport: phone, script: false })
    await page.goto(path)
    assert.equal(await page.locator('h1').count(), 1)
    assert.ok(await page.locator('a[href="/leave"]').isVisible())
  })
}
