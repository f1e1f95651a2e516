// Debian's Chromium, and the checks that every page has to pass.
import { AxeBuilder } from '@axe-core/playwright'
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
 * are answered here with an empty page, and kept in `page.elsewhere`.
 */
export async function open(t, browser, server, { viewport = desktop, script = true, ...options } = {}) {
  const context = await browser.newContext({ viewport, javaScriptEnabled: script, baseURL: server.address, ...options })
  t.after(() => context.close())
  const page = await context.newPage()
  page.elsewhere = []
  await context.route(url => url.origin !== server.address, route => {
    page.elsewhere.push(route.request().url())
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Elsewhere</title>' })
  })
  page.problems = []
  page.on('pageerror', error => page.problems.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') page.problems.push(message.text())
  })
  return page
}

/** No violation of WCAG 2.2 A and AA, nor of axe's best practices. */
export async function passesAxe(page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const told = violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n${nodes.slice(0, 3).map(node => `    ${node.target}\n      ${node.failureSummary}`).join('\n')}`)
  assert.equal(told.length, 0, `axe on ${page.url()}\n${told.join('\n')}`)
}

/** Nothing is wider than the window: no scrolling sideways. */
export async function fitsWidth(page) {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter(element => element.getBoundingClientRect().right > clientWidth + 1)
      .map(element => `${element.tagName.toLowerCase()}.${element.className}`)
      .slice(0, 5)
      .concat(`${scrollWidth} > ${clientWidth}`)
  })
  assert.deepEqual(wide, [], `${page.url()} scrolls sideways`)
}

/**
 * Goes through the page with the Tab key: each stop must look different from when it isn't focused, and must not be
 * hidden under something fixed. Gives the texts of the stops.
 */
export async function keyboardShowsFocus(page) {
  const stops = []
  const wrong = []
  await page.evaluate(() => {
    const look = element => {
      const parts = [element, element.labels?.[0], element.closest('label, summary, .govuk-radios__item')].filter(Boolean)
      return parts.map(part => ['', '::before', '::after'].map(pseudo => {
        const style = getComputedStyle(part, pseudo || null)
        return [style.outline, style.outlineOffset, style.boxShadow, style.backgroundColor, style.border, style.textDecoration, style.color].join('|')
      }).join('¦')).join('¶')
    }
    window.looks = new Map()
    for (const element of document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]')) {
      window.looks.set(element, look(element))
    }
    window.look = look
  })
  for (let count = 0; count < 200; count++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return undefined
      if (element.dataset.seen) return undefined
      element.dataset.seen = 'yes'
      const box = element.getBoundingClientRect()
      const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 10)]
      const top = document.elementFromPoint(x, y)
      const label = element.labels?.[0]
      const related = top && (top === element || element.contains(top) || top.contains(element) || label?.contains(top))
      const name = (element.innerText || element.getAttribute('aria-label') || label?.innerText || element.name || element.tagName).trim()
      return { name, same: window.looks.get(element) === window.look(element), hidden: !related }
    })
    if (!stop) break
    stops.push(stop.name)
    if (stop.same) wrong.push(`focus does not show on “${stop.name}”`)
    if (stop.hidden) wrong.push(`“${stop.name}” is hidden when focused`)
  }
  assert.deepEqual(wrong, [], page.url())
  assert.ok(stops.length > 0, `${page.url()} has nothing for the keyboard`)
  return stops
}

/** A picture for people to look at, in e2e/out. */
export async function picture(page, name) {
  const { width } = page.viewportSize()
  await page.screenshot({ path: `${out}${name}-${width}.png`, fullPage: true })
}
