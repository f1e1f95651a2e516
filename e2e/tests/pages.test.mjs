// Every page of the report, of coming back and of the desk, on every screen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, phone } from '../support/browser.mjs'
import { isFair, isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { declareNoConflict, openCase, signIn } from '../support/desk.mjs'
import { begin, comeBack, concern, goOn, here, send, toCheck } from '../support/report.mjs'
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

/** Answers that lead past every page: all kinds, all that can follow. */
const everything = {
  ...concern,
  danger: 'yes',
  emergency_called: 'yes',
  kind: ['concern', 'incident', 'near_miss', 'past_harm', 'whistleblowing', 'good_practice', 'development', 'advice'],
  about_whom: 'behalf_knows',
  related: 'no',
  stop_checks: ['child', 'not_sure'],
  go_on: 'tell',
  under_18: 'yes',
  enough: 'more',
  where: 'online',
  discrimination: 'yes',
  safe_now: 'unsafe',
  actions: ['made_safe'],
  services: 'none',
  contact: ['phone', 'email'],
  'contact-phone': '01632 960199',
  'contact-email': 'rowan@thistledown.example',
}

/** What a page is made of: pages of the same parts need the slow checks once. */
const parts = page => page.locator('main').evaluate(main => [
  ...new Set([...main.querySelectorAll('input:not([type=hidden]), textarea, select, details, fieldset, legend h1, label h1, .reveal, .card, .govuk-inset-text, .govuk-button--warning, .govuk-date-input')]
    .map(one => `${one.tagName}.${one.type ?? ''}.${one.classList[0] ?? ''}`)),
].sort().join(' '))

test('every page of the form', async t => {
  const page = await open(t, browser, server, { viewport: phone })
  const seen = new Set()
  await page.goto('/report/start')
  await isGood(page, 'report-start')
  await begin(page)
  const path = await toCheck(page, everything, async page => {
    const made = await parts(page)
    const name = `report-${here(page).replace(/\D+/g, '-')}`
    await (seen.has(made) ? isFair : isGood)(page, name)
    if (!seen.has(made)) await keyboardShowsFocus(page)
    seen.add(made)
  })
  t.diagnostic(`${path.length} pages, ${seen.size} of different parts`)
  assert.ok(path.length > 50, `${path.length} pages`)
  await isGood(page, 'report-check')
  await page.goto('/report/words')
  await isGood(page, 'report-words')
  await page.goto('/report/forget')
  await isFair(page, 'report-forget')
  await page.goto('/report/check')
  await send(page)
  await isGood(page, 'report-sent')
  await page.goto('/report/check')
  await isFair(page, 'report-already')
  assert.deepEqual(page.problems, [])
})

test('pages about one person, one file and one body that was told', async t => {
  const page = await open(t, browser, server, { viewport: phone })
  await begin(page)
  await toCheck(page, { ...concern, enough: 'more' }, async page => {
    const add = page.locator('main form a.govuk-button--secondary')
    const file = page.locator('main input[type=file]')
    const name = `report-${here(page)}`
    if (await file.count()) {
      await file.setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('A note.') })
      await page.locator('button[value=add]').click()
      await isGood(page, `${name}-added`)
    } else if (await add.count()) {
      const back = page.url()
      await add.click()
      await isGood(page, `${name}-item`)
      if (await page.locator('main input[type=radio]').count()) await page.locator('main input[value=concern], main input[type=radio]').first().check()
      await goOn(page)
      await isFair(page, `${name}-item-next`)
      await page.goto(back)
      await isFair(page, `${name}-list`)
    }
  })
})

test('coming back', async t => {
  const page = await open(t, browser, server, { viewport: phone })
  await page.goto('/return')
  await isGood(page, 'return')
  await comeBack(page, 'these are not any words')
  assert.equal(await page.locator('.govuk-error-summary').count(), 1)
  await isFair(page, 'return-wrong')
  await comeBack(page, server.words[1])
  assert.equal(here(page), '/follow')
  await isGood(page, 'follow')
  await keyboardShowsFocus(page)
  for (const path of ['/follow/answers', '/follow/change/wishes', '/follow/change/consent', '/follow/change/confidential', '/follow/change/withdraw']) {
    await page.goto(path)
    await isFair(page, path.slice(1).replaceAll('/', '-'))
  }
})

test('other pages that anybody can come to', async t => {
  const page = await open(t, browser, server, { viewport: phone })
  for (const [path, name] of [
    ['/check', 'receipt'], ['/paper', 'paper'], ['/desk/sign-in', 'sign-in'], ['/join?token=x', 'no-invitation'],
    ['/nowhere', 'not-found'], ['/report/check', 'no-visit'], ['/follow', 'follow-no-visit'],
  ]) {
    await page.goto(path)
    await isGood(page, name)
  }
})

test('every page of the desk', async t => {
  const page = await open(t, browser, server)
  await signIn(page, server.people['designated lead'])
  await isGood(page, 'desk-list')
  await keyboardShowsFocus(page)
  const person = await open(t, browser, server)
  await comeBack(person, server.words[0])
  const number = (await person.locator('h1').innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0]
  await openCase(page, number)
  await isGood(page, 'desk-before')
  await declareNoConflict(page)
  await isGood(page, 'desk-case')
  await keyboardShowsFocus(page)
  const links = await page.locator('main a').evaluateAll(all => [...new Set(all.map(one => one.getAttribute('href')))])
  const places = links.filter(href => /^\/desk\/case\/[0-9a-f]+\/(?!file)/.test(href))
  assert.ok(places.length > 10, `${places.length} actions`)
  let slow = true
  for (const href of [...places, '/desk/mail', '/desk/take-down', '/desk/team', '/desk/team/invite', '/desk/account', '/desk/organisation', '/desk/statement']) {
    await page.goto(href)
    await (slow ? isGood : isFair)(page, `desk${href.replace(/^\/desk\/(case\/[0-9a-f]+\/)?/, '-').replaceAll('/', '-')}`)
    slow = !href.startsWith('/desk/case')
  }
  await page.goto('/desk/team')
  for (const href of await page.locator('main .cases a').evaluateAll(all => all.map(one => one.getAttribute('href')).slice(0, 6))) {
    await page.goto(href)
    await isFair(page, `desk-member-${href.split('/').pop()}`)
  }
  await page.goto('/desk/team')
  assert.deepEqual(page.problems, [])
})
