// The record of the work on a case: a wish, an action with its warning, a decision, and the safety plan on the
// person's own page. Without script, and every page on every screen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isFair, isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { openCase, signIn } from '../support/desk.mjs'
import { comeBack, goOn } from '../support/report.mjs'
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

const RECORD = /^\/desk\/case\/[0-9a-f]+\/record/

async function numberOf(t, words) {
  const person = await open(t, browser, server, { viewport: phone })
  await comeBack(person, words)
  return { person, number: (await person.locator('h1').innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0] }
}

/** Opens the record of the case that a lead and a reporter talk about in the demonstration. */
async function openRecord(page, number) {
  await signIn(page, server.people['designated lead'])
  await openCase(page, number)
  await leadsTo(page, RECORD, () => page.locator('a[href$="/record"]').first().click())
}

test('a lead keeps the record without script, and is warned before work falls on the person', async t => {
  const { person, number } = await numberOf(t, server.words[1])
  const lead = await open(t, browser, server, { script: false })
  await openRecord(lead, number)
  await lead.locator('a[href$="/record/task"]').click()
  await lead.locator('[name=task_what]').fill('Tell the group how it felt.')
  await lead.locator('[name=task_for][value=learning]').check()
  await lead.locator('[name=task_owner]').first().check()
  for (const [part, value] of [['day', '1'], ['month', '12'], ['year', '2099']]) {
    await lead.locator(`[name="task_due_on-${part}"]`).fill(value)
  }
  await lead.locator('[name=who_bears][value=affected]').check()
  await lead.locator('[name=asked_person][value=agrees]').check()
  await goOn(lead)
  assert.match(await lead.locator('.card--urgent[role=alert]').innerText(), /They have carried enough/)
  assert.equal(await lead.locator('[name=task_what]').inputValue(), 'Tell the group how it felt.')
  await lead.locator('[name=burden_reason]').fill('They asked to.')
  await leadsTo(lead, RECORD, () => goOn(lead))
  assert.match(await lead.locator('main').innerText(), /Tell the group how it felt/)
  assert.match(await lead.locator('#due').innerText(), /1 December 2099/)

  await leadsTo(person, '/follow/plan', () => person.locator('a[href="/follow/plan"]').click())
  assert.match(await person.locator('main').innerText(), /\w/)
  await isGood(person, 'follow-plan')
})

test('every page of the record', async t => {
  const { number } = await numberOf(t, server.words[1])
  const page = await open(t, browser, server)
  await openRecord(page, number)
  await isGood(page, 'desk-record')
  await keyboardShowsFocus(page)
  const links = await page.locator('main a').evaluateAll(all => [...new Set(all.map(one => one.getAttribute('href')))])
  const places = links.filter(href => /\/record\/|\/chronology/.test(href))
  assert.ok(places.length > 12, `${places.length} pages`)
  let slow = true
  for (const href of places) {
    await page.goto(href)
    await (slow ? isGood : isFair)(page, `desk-record-${href.split('/').pop().replace(/\W.*/, '')}`)
    slow = false
  }
  await page.goto('/desk/load')
  await isGood(page, 'desk-load')
  const contact = places.find(href => href.endsWith('/contact'))
  await page.goto(contact)
  for (const [name, value] of [
    ['contact_state', 'planned'], ['contact_with', 'reporter'], ['contact_way', 'letter'],
    ['contact_time_safe', 'no'], ['contact_word', 'none'],
  ]) await page.locator(`[name=${name}][value=${value}]`).check()
  await goOn(page)
  assert.match(await page.locator('[role=alert]').last().innerText(), /They did not choose this way/)
  await isGood(page, 'desk-record-warning')
  assert.deepEqual(page.problems.filter(problem => !/422/.test(problem)), [])
})
