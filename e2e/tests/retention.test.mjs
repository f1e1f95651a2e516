// How long cases are kept: the list, a hold, a proposal, and erasing by the second of two people. Without script.
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

test('two people erase a case, and a hold stops them first', async t => {
  const lead = await open(t, browser, server, { script: false, viewport: phone })
  await signIn(lead, server.people['designated lead'])
  await lead.goto('/desk/retention')
  await isGood(lead, 'desk-retention')
  await keyboardShowsFocus(lead)
  await lead.goto('/desk?show=closed')
  const address = await lead.locator('.cases a').first().getAttribute('href')
  await lead.goto(address)
  await leadsTo(lead, `${address}/keep`, () => lead.locator(`a[href="${address}/keep"]`).click())
  await isGood(lead, 'desk-keep')

  await lead.goto(`${address}/keep/hold`)
  await isGood(lead, 'desk-keep-hold')
  await lead.locator('[name=reason]').fill('They asked us to keep it.')
  await goOn(lead)
  assert.equal(await lead.locator('[name=reason]').inputValue(), 'They asked us to keep it.')
  await isGood(lead, 'desk-keep-hold-again')
  await lead.locator('[name=hold_for][value=police]').check()
  for (const [part, value] of [['day', '1'], ['month', '3'], ['year', '2099']]) {
    await lead.locator(`[name="review_on-${part}"]`).fill(value)
  }
  await leadsTo(lead, `${address}/keep`, () => goOn(lead))
  assert.match(await lead.locator('main').innerText(), /On hold: The police or a prosecutor/)
  await lead.goto(`${address}/keep/propose`)
  assert.match(await lead.locator('main').innerText(), /A hold is on this case/)
  await lead.goto(`${address}/keep/lift_hold`)
  await lead.locator('[name=reason]').fill('They are done.')
  await leadsTo(lead, `${address}/keep`, () => goOn(lead))

  await lead.goto(`${address}/keep/propose`)
  await isGood(lead, 'desk-keep-propose')
  await lead.locator('[name=basis][value=mistake]').check()
  await lead.locator('[name=reason]').fill('It was a trial.')
  await leadsTo(lead, `${address}/keep`, () => goOn(lead))
  await isGood(lead, 'desk-keep-proposed')

  const other = await open(t, browser, server, { script: false })
  await signIn(other, server.people['alternate lead'])
  assert.match(await other.locator('main').innerText(), /1 case waits for you to confirm/)
  await other.goto('/desk/retention')
  await isGood(other, 'desk-retention-waiting')
  await other.goto(`${address}/keep/erase`)
  await isGood(other, 'desk-keep-erase')
  await goOn(other)
  assert.match(await other.locator('[role=alert]').innerText(), /another look/)
  for (const check of await other.locator('[name=erase_checks]').all()) await check.check()
  await leadsTo(other, `${address}/erased`, () => goOn(other))
  await isGood(other, 'desk-erased')
  assert.match(await other.locator('pre').innerText(), /because: mistake/)
  assert.equal((await other.goto(address)).status(), 404)
  assert.equal((await lead.goto(address)).status(), 404)
  assert.equal((await lead.goto(`${address}/erased`)).status(), 200)
})
