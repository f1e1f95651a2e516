// The checks that every page has to pass, each changing the page that is open and putting it back.
import axe from 'axe-core'
import assert from 'node:assert/strict'
import { desktop, phone, picture } from './browser.mjs'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function violations(page, options) {
  await page.evaluate(`globalThis.axe || (() => { ${axe.source} })()`)
  const found = await page.evaluate(async options => {
    const { violations } = await globalThis.axe.run(document, { ...options, resultTypes: ['violations'] })
    return violations.map(({ id, help, nodes }) => ({
      id, help, nodes: nodes.slice(0, 3).map(({ target, failureSummary }) => `${target}: ${failureSummary}`),
    }))
  }, options)
  return found.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.join('\n    ')}`)
}

/** No violation of WCAG 2.2 A and AA, nor of axe's best practices. */
export async function passesAxe(page, what = '') {
  const found = await violations(page, { runOnly: TAGS })
  assert.equal(found.length, 0, `axe on ${page.url()} ${what}\n${found.join('\n')}`)
}

async function contrasts(page, what) {
  const found = await violations(page, { runOnly: { type: 'rule', values: ['color-contrast'] } })
  assert.equal(found.length, 0, `${page.url()} ${what}\n${found.join('\n')}`)
}

/** Nothing is wider than the window: no scrolling sideways. */
export async function fitsWidth(page, what = '') {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter(element => {
        const { left, right } = element.getBoundingClientRect()
        return right > clientWidth + 1 || left < -1
      })
      .map(element => `${element.tagName.toLowerCase()}.${element.className}`)
      .slice(0, 8)
      .concat(`${scrollWidth} > ${clientWidth}`)
  })
  assert.deepEqual(wide, [], `${page.url()} scrolls sideways ${what}`)
}

/** 320 pixels, which is 400 % zoom on a screen of 1280; and then with the text spacing of WCAG 1.4.12. */
async function fitsNarrow(page) {
  await page.setViewportSize({ width: 320, height: 256 })
  await fitsWidth(page, 'at 320 pixels')
  await page.evaluate(() => {
    const spaced = new CSSStyleSheet()
    spaced.replaceSync(`* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }`)
    document.adoptedStyleSheets = [spaced]
  })
  await fitsWidth(page, 'at 320 pixels, spaced')
  await page.evaluate(() => { document.adoptedStyleSheets = [] })
}

async function keepsEdges(page) {
  await page.emulateMedia({ forcedColors: 'active' })
  const bare = await page.$$eval('button, .govuk-button, input:not([type=hidden]), textarea, select', controls => controls
    .filter(control => {
      const style = getComputedStyle(control)
      const shown = parseFloat(style.opacity) > 0 && control.checkVisibility()
      return shown && parseFloat(style.borderTopWidth) === 0 && !style.textDecorationLine.includes('underline')
    })
    .map(control => control.outerHTML.slice(0, 120)))
  assert.deepEqual(bare, [], `${page.url()}: controls without an edge in forced colours`)
  await page.emulateMedia({ forcedColors: null })
}

async function prints(page) {
  await page.emulateMedia({ media: 'print' })
  const wrong = await page.evaluate(() => {
    const shown = [...document.querySelectorAll('.leave, nav, .govuk-back-link, .govuk-skip-link')].filter(one => one.checkVisibility())
    return shown.map(one => `${one.tagName.toLowerCase()}.${one.className} is printed`)
      .concat(document.querySelector('h1')?.checkVisibility() ? [] : ['the heading is not printed'])
  })
  assert.deepEqual(wrong, [], page.url())
  await contrasts(page, 'on paper')
  await page.emulateMedia({ media: null })
}

async function openAll(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach(one => { one.open = true }))
}

/** What takes little time, for pages that are made of the same parts as others that have all the checks. */
export async function isFair(page, name) {
  await page.setViewportSize(phone)
  assert.equal(await page.locator('h1').count(), 1, `${page.url()} has one h1`)
  await picture(page, name)
  await openAll(page)
  await passesAxe(page, 'on a phone')
  await fitsNarrow(page)
}

/** All that can be seen to of the page that is open, whoever opened it. */
export async function isGood(page, name) {
  await page.setViewportSize(phone)
  assert.equal(await page.locator('h1').count(), 1, `${page.url()} has one h1`)
  await picture(page, name)
  await openAll(page)
  await passesAxe(page, 'on a phone')
  await fitsWidth(page, 'on a phone')
  await page.emulateMedia({ colorScheme: 'dark' })
  await contrasts(page, 'in the dark')
  await page.emulateMedia({ colorScheme: null })
  await keepsEdges(page)
  await prints(page)
  await fitsNarrow(page)
  await page.setViewportSize(desktop)
  await contrasts(page, 'on a desktop')
  await fitsWidth(page, 'on a desktop')
  await picture(page, name)
}

/**
 * Goes through the page with the Tab key: each stop must look different from when it isn't focused, and must not be
 * hidden under something fixed.
 */
export async function keyboardShowsFocus(page) {
  let stops = 0
  const wrong = []
  await page.evaluate(() => {
    document.activeElement?.blur()
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
    stops += 1
    if (stop.same) wrong.push(`focus does not show on “${stop.name}”`)
    if (stop.hidden) wrong.push(`“${stop.name}” is hidden when focused`)
  }
  assert.deepEqual(wrong, [], page.url())
  assert.ok(stops > 0, `${page.url()} has nothing for the keyboard`)
}
