// What people ask of what is kept of them: taken down, looked for, answered by two, and handed over.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isGood } from '../support/checks.mjs'
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

const REQUEST = /^\/desk\/requests\/[0-9a-f]{32}$/

async function day(page, name, date) {
  const parts = { day: date.getUTCDate(), month: date.getUTCMonth() + 1, year: date.getUTCFullYear() }
  for (const [part, value] of Object.entries(parts)) await page.locator(`[name="${name}-${part}"]`).fill(String(value))
}

test('a request is taken down, the person is looked for, and two people answer it', async t => {
  const lead = await open(t, browser, server, { viewport: phone })
  await signIn(lead, server.people['designated lead'])
  await leadsTo(lead, '/desk/requests', () => lead.locator('.desk-nav a[href="/desk/requests"]').click())
  await isGood(lead, 'desk-requests')
  await leadsTo(lead, '/desk/requests/new', () => lead.locator('a[href="/desk/requests/new"]').click())
  await isGood(lead, 'desk-requests-new')
  await lead.locator('[name=rights_names]').fill('ramp\nbus stop')
  await goOn(lead)
  await lead.locator('.govuk-error-summary').waitFor()
  assert.equal(await lead.locator('[name=rights_names]').inputValue(), 'ramp\nbus stop')
  await isGood(lead, 'desk-requests-new-again')
  await lead.locator('[name=rights_right][value=access]').check()
  await lead.locator('[name=rights_who]').fill('Juniper')
  await lead.locator('[name=rights_asked_by][value=self]').check()
  await lead.locator('[name=rights_identity][value=known]').check()
  await leadsTo(lead, REQUEST, () => goOn(lead))
  await isGood(lead, 'desk-request')
  const request = new URL(lead.url()).pathname

  await leadsTo(lead, `${request}/look`, () => lead.locator(`a[href="${request}/look"]`).click())
  await isGood(lead, 'desk-request-look')
  const about = lead.locator('input[value=about]')
  assert.ok(await about.count() > 0, 'the words stand in a case of the demonstration')
  await about.first().check()
  await lead.locator('[name=done]').check()
  await leadsTo(lead, request, () => goOn(lead))
  assert.match(await lead.locator('main').innerText(), /Done with looking since/)
  await isGood(lead, 'desk-request-found')

  await lead.goto(`${request}/do/extend`)
  await isGood(lead, 'desk-request-extend')
  await lead.goto(`${request}/do/answer`)
  await isGood(lead, 'desk-request-answer')
  await lead.locator('[name=rights_outcome][value=given]').check()
  await leadsTo(lead, request, () => goOn(lead))

  const second = await open(t, browser, server)
  await signIn(second, server.people['alternate lead'])
  await second.goto(request)
  assert.match(await second.locator('main').innerText(), /waits for a second person/)
  await second.goto(`${request}/do/agree`)
  await isGood(second, 'desk-request-agree')
  for (const check of await second.locator('[name=rights_checks]').all()) await check.check()
  await leadsTo(second, request, () => goOn(second))

  // Without script all of it is the same.
  const plain = await open(t, browser, server, { script: false })
  await signIn(plain, server.people['designated lead'])
  await plain.goto(`${request}/do/release`)
  await plain.locator('[name=rights_how][value=in_person]').check()
  await plain.locator('[name=rights_to]').fill('The person themselves')
  await day(plain, 'rights_released_on', new Date())
  await leadsTo(plain, request, () => goOn(plain))
  assert.match(await plain.locator('#standing').innerText(), /Ended/)
  await lead.goto(`${request}/letter`)
  await isGood(lead, 'desk-request-letter')
  assert.match(await lead.locator('main').innerText(), /You asked us on/)
})
