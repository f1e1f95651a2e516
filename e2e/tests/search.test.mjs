// Searching at the desk: without script, with the keyboard alone, and every page of it on every screen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { signIn } from '../support/desk.mjs'
import { goOn } from '../support/report.mjs'
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

const FOUND = /^\/desk\/search$/

/** Looks for something, and looks again until every case is looked through. */
async function search(page, words) {
  await page.goto('/desk/search')
  await page.locator('[name=q]').fill(words)
  await goOn(page)
  while (await page.getByText('Looked through').count()) await page.reload()
  assert.match(page.url(), /\/desk\/search\?n=\d+$/)
  assert.ok(!decodeURIComponent(page.url()).includes(words.split(' ')[0]), 'no word of it is in the address')
}

test('a lead finds a case by words and opens it, without script', async t => {
  const page = await open(t, browser, server, { script: false, viewport: phone })
  await signIn(page, server.people['designated lead'])
  await leadsTo(page, '/desk/search', () => page.locator('a[href="/desk/search"]').click())
  await search(page, 'bus stop follow')
  assert.equal(await page.locator('#found').innerText(), '1 case found')
  assert.deepEqual((await page.locator('mark').allInnerTexts()).slice(0, 3), ['followed', 'bus', 'stop'])
  const number = await page.locator('.cases h3').innerText()
  await leadsTo(page, /^\/desk\/case\/[0-9a-f]+$/, () => page.locator('.cases h3 a').click())
  assert.ok((await page.locator('h1').innerText()).includes(number))
  // Back shows what was found, without sending anything again.
  await page.goBack()
  assert.equal(await page.locator('#found').innerText(), '1 case found')
  assert.match(new URL(page.url()).pathname, FOUND)
})

test('what a lead may not open is not found, and a misspelt word is offered as it is spelt', async t => {
  const page = await open(t, browser, server)
  await signIn(page, server.people['designated lead'])
  await search(page, 'borrowed')
  assert.equal(await page.locator('#found').innerText(), 'No case found')
  await search(page, 'folowed')
  await isGood(page, 'desk-search-near')
  await page.getByRole('button', { name: 'followed' }).click()
  assert.equal(await page.locator('#found').innerText(), '1 case found')
})

test('the search, what it finds, and what is wrong with it', async t => {
  const page = await open(t, browser, server)
  await signIn(page, server.people['designated lead'])
  await page.goto('/desk/search')
  await isGood(page, 'desk-search')
  await keyboardShowsFocus(page)
  await search(page, 'the')
  await isGood(page, 'desk-search-found')
  await search(page, 'zzzzzzzz')
  await isGood(page, 'desk-search-nothing')
  await page.locator('main details').first().evaluate(details => { details.open = true })
  await page.locator('[name=which]').selectOption('closed')
  await page.locator('[name=q]').fill('')
  await goOn(page)
  assert.match(await page.locator('.govuk-error-summary').innerText(), /Type what you are looking for/)
  assert.equal(await page.locator('[name=which]').inputValue(), 'closed')
  await isGood(page, 'desk-search-wrong')
  assert.deepEqual(page.problems.filter(problem => !/422/.test(problem)), [])
})
