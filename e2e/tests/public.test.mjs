// What every public page has to do: for everyone, on any screen, and without giving anybody away.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { desktop, fitsWidth, keyboardShowsFocus, launch, open, passesAxe, phone, picture } from '../support/browser.mjs'
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
  describe(`public page ${path}`, () => {
    for (const viewport of [phone, desktop]) {
      test(`${path} passes axe at ${viewport.width} pixels`, async t => {
        const page = await open(t, browser, server, { viewport })
        await page.goto(path)
        await passesAxe(page)
        await fitsWidth(page)
        await picture(page, name)
        assert.deepEqual(page.problems, [])
      })
    }

    test(`${path} passes axe in the dark`, async t => {
      const page = await open(t, browser, server, { viewport: phone, colorScheme: 'dark' })
      await page.goto(path)
      await passesAxe(page)
      await picture(page, `${name}-dark`)
    })

    test(`${path} keeps its controls in forced colours`, async t => {
      const page = await open(t, browser, server, { viewport: phone, forcedColors: 'active' })
      await page.goto(path)
      await passesAxe(page)
      const bare = await page.$$eval('button, .govuk-button, input:not([type=hidden])', controls => controls
        .filter(control => {
          const style = getComputedStyle(control)
          return parseFloat(style.borderTopWidth) === 0 && parseFloat(style.opacity) > 0
        })
        .map(control => control.outerHTML.slice(0, 120)))
      assert.deepEqual(bare, [], 'controls without an edge')
      await picture(page, `${name}-forced`)
    })

    test(`${path} needs no sideways scrolling at 320 pixels, which is 400 % zoom`, async t => {
      const page = await open(t, browser, server, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 })
      await page.goto(path)
      await fitsWidth(page)
      // Text spacing that readers may set for themselves (WCAG 1.4.12).
      await page.evaluate(() => {
        for (const element of document.querySelectorAll('body, body *')) {
          element.style.setProperty('letter-spacing', '0.12em', 'important')
          element.style.setProperty('word-spacing', '0.16em', 'important')
          element.style.setProperty('line-height', '1.5', 'important')
        }
      })
      await fitsWidth(page)
    })

    test(`${path} shows where the keyboard is`, async t => {
      const page = await open(t, browser, server, { viewport: phone })
      await page.goto(path)
      await keyboardShowsFocus(page)
    })

    test(`${path} is the same without script`, async t => {
      const page = await open(t, browser, server, { viewport: phone, script: false })
      await page.goto(path)
      assert.equal(await page.locator('h1').count(), 1)
      assert.ok(await page.locator('a[href="/leave"]').isVisible())
    })

    test(`${path} gives nothing away`, async t => {
      const page = await open(t, browser, server)
      const answer = await page.goto(path)
      assert.equal(answer.status(), 200)
      const headers = answer.headers()
      assert.equal(headers['cache-control'], 'no-store')
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.equal(headers['set-cookie'], undefined)
      assert.doesNotMatch(await page.title(), /abuse|harm|safeguard|report|violen|racis|victim/i)
      await page.waitForLoadState('networkidle')
      assert.deepEqual(page.elsewhere, [], 'requests to other sites')
      assert.deepEqual(await page.context().cookies(), [])
      const stored = await page.evaluate(() => localStorage.length + sessionStorage.length)
      assert.equal(stored, 0)
    })

    test(`${path} is small`, async t => {
      const page = await open(t, browser, server)
      const network = await page.context().newCDPSession(page)
      await network.send('Network.enable')
      let bytes = 0
      let requests = 0
      network.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength
        if (encodedDataLength > 0) requests += 1
      })
      await page.goto(path, { waitUntil: 'networkidle' })
      t.diagnostic(`first visit: ${bytes} bytes in ${requests} requests`)
      assert.ok(requests <= 3, `${requests} requests`)
      assert.ok(bytes <= 20 * 1024, `${bytes} bytes at the first visit`)
      bytes = 0
      await page.goto('about:blank')
      await page.goto(path, { waitUntil: 'networkidle' })
      t.diagnostic(`second visit: ${bytes} bytes`)
      assert.ok(bytes <= 6 * 1024, `${bytes} bytes at the second visit`)
    })
  })
}
