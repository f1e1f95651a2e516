// Debian's Chromium, and pages in it that cannot reach any other site.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const out = fileURLToPath(new URL('../out/', import.meta.url))
mkdirSync(out, { recursive: true })

export const phone = { width: 375, height: 740 }
export const desktop = { width: 1280, height: 900 }

export function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  })
}

/**
 * A new page in a context of its own, shut when the test ends. Nothing leaves the machine: requests to other sites
 * are answered here with an empty page, and kept in `page.elsewhere`. Answering them switches the browser's cache
 * off; `cache: true` leaves it on, for pages that ask nothing of other sites.
 */
export async function open(t, browser, server, options = {}) {
  const { viewport = desktop, script = true, cache = false, ...others } = options
  const context = await browser.newContext({ viewport, javaScriptEnabled: script, baseURL: server.address, ...others })
  context.setDefaultTimeout(10_000)
  t.after(() => context.close())
  const page = await context.newPage()
  page.elsewhere = []
  if (!cache) {
    await context.route(url => url.origin !== server.address, route => {
      page.elsewhere.push(route.request().url())
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Elsewhere</title>' })
    })
  }
  page.problems = []
  page.on('pageerror', error => page.problems.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') page.problems.push(message.text())
  })
  return page
}

/** The page that a click, or another deed, leads to. */
export async function leadsTo(page, path, deed) {
  await Promise.all([page.waitForURL(url => matches(url.pathname, path)), deed()])
}

function matches(pathname, path) {
  return path instanceof RegExp ? path.test(pathname) : pathname === path
}

/** The way out has been taken. */
export async function isElsewhere(page, server) {
  await page.waitForURL(url => url.origin !== server.address)
  assert.notEqual(new URL(page.url()).origin, server.address)
}

/** The ways in which a page may be met, beside a light screen: what to change before a picture, and how to put it back. */
const WAYS = {
  dark: [page => page.emulateMedia({ colorScheme: 'dark' }), page => page.emulateMedia({ colorScheme: null })],
  forced: [page => page.emulateMedia({ forcedColors: 'active' }), page => page.emulateMedia({ forcedColors: null })],
  rtl: [page => page.evaluate(() => { document.documentElement.dir = 'rtl' }), page => page.evaluate(() => { document.documentElement.dir = 'ltr' })],
  print: [page => page.emulateMedia({ media: 'print' }), page => page.emulateMedia({ media: null })],
}

/** The width of what is printed on a sheet of A4, and of a screen of 1280 at 400 %, in pixels. */
const SHEET = { width: 718, height: 1000 }
const ZOOMED = { width: 320, height: 256 }

/**
 * A picture for people to look at, in e2e/out. With E2E_LOOK=all there is one for each way in which a page may be
 * met as well: dark, in forced colours, from right to left, on paper, at 400 %.
 */
export async function picture(page, name) {
  const { width, height } = page.viewportSize()
  const take = (name, width) => page.screenshot({ path: `${out}${name}-${width}.png`, fullPage: true })
  await take(name, width)
  if (process.env.E2E_LOOK !== 'all' || width !== phone.width) return
  for (const [way, [begin, end]] of Object.entries(WAYS)) {
    if (way === 'print') await page.setViewportSize(SHEET)
    await begin(page)
    await take(`${name}.${way}`, page.viewportSize().width)
    await end(page)
    await page.setViewportSize({ width, height })
  }
  await page.setViewportSize(ZOOMED)
  await take(`${name}.zoomed`, ZOOMED.width)
  await page.setViewportSize({ width, height })
}
