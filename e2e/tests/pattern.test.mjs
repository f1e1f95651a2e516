// What belongs together: linking two cases without script, the time line on every screen and on paper, and ending a link.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isFair, isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { declareNoConflict, openCase, signIn } from '../support/desk.mjs'
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

const PATTERN = /^\/desk\/case\/[0-9a-f]+\/pattern/

async function numberOf(t, words) {
  const person = await open(t, browser, server, { viewport: phone })
  await comeBack(person, words)
  return (await person.locator('h1').innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0]
}

test('two cases are linked, seen together and taken apart', async t => {
  const [unopened, talking] = [await numberOf(t, server.words[0]), await numberOf(t, server.words[1])]
  const lead = await open(t, browser, server, { script: false })
  await signIn(lead, server.people['designated lead'])
  await openCase(lead, unopened)
  await declareNoConflict(lead)
  await openCase(lead, talking)
  await leadsTo(lead, PATTERN, () => lead.locator('#actions ~ ul a[href$="/pattern"]').click())

  await leadsTo(lead, /\/pattern\/link$/, () => lead.locator('main a.govuk-button[href$="/pattern/link"]').click())
  // Nothing is lost by a form that needs another look.
  await lead.locator('[name=with]').fill('0000-0000')
  await lead.locator('[name=why]').fill('The same laugh, both say.')
  await goOn(lead)
  assert.match(await lead.locator('.govuk-error-summary').innerText(), /of no case on your desk[\s\S]*Choose what they have in common/)
  assert.equal(await lead.locator('[name=with]').inputValue(), '0000-0000')
  assert.match(await lead.locator('[name=why]').inputValue(), /The same laugh/)
  await lead.locator('[name=with]').fill(unopened.toLowerCase())
  await lead.locator('[name=ties][value=person]').check()
  await lead.locator('[name=ties][value=follow_on]').check()
  await leadsTo(lead, PATTERN, () => goOn(lead))
  const together = await lead.locator('main').innerText()
  assert.match(together, /They are linked/)
  assert.match(together, /Taken together/)
  assert.match(together, /The same laugh, both say\./)
  assert.ok(together.includes(unopened))
  assert.doesNotMatch(together, /followed me to the bus stop|kept talking over Juniper/)
})

test('every page of it on every screen', async t => {
  const talking = await numberOf(t, server.words[1])
  const page = await open(t, browser, server)
  await signIn(page, server.people['designated lead'])
  await openCase(page, talking)
  assert.match(await page.locator('main').innerText(), /Linked with 1 case/)
  await leadsTo(page, PATTERN, () => page.locator('main .tags a[href$="/pattern"]').click())
  await isGood(page, 'desk-pattern')
  await keyboardShowsFocus(page)
  // The table says all that there is to see, whatever the picture shows.
  assert.ok(await page.locator('main table tbody tr').count() >= 2)
  const pattern = new URL(page.url()).pathname

  await page.goto(`${pattern}/link`)
  await isFair(page, 'desk-pattern-link')
  await goOn(page)
  await page.waitForSelector('.govuk-error-summary')
  await isFair(page, 'desk-pattern-link-errors')

  await page.goto(`${pattern}/returns`)
  await isGood(page, 'desk-pattern-returns')
  await page.locator('main [name=words]').fill('the')
  await leadsTo(page, /\/returns$/, () => page.locator('main form[action$="/pattern/returns"] button').click())
  await page.waitForSelector('main h3')
  await isFair(page, 'desk-pattern-words')

  await page.goto(pattern)
  await page.locator('main a[href*="/pattern/unlink/"]').click()
  await page.waitForSelector('form[action*="/pattern/unlink/"]')
  await isFair(page, 'desk-pattern-unlink')
  await page.locator('[name=why]').fill('Somebody else, as it turns out.')
  await leadsTo(page, /\/pattern$/, () => goOn(page))
  assert.match(await page.locator('main').innerText(), /The link was ended/)
  assert.deepEqual(page.problems.filter(problem => !/422/.test(problem)), [])
})
