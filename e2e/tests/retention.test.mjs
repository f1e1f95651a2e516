// How long cases are kept: the list, a hold, a proposal, and erasing by the second of two people.
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

test('two people erase a case, the second without script, and a hold stops them first', async t => {
  const lead = await open(t, browser, server, { viewport: phone })
  await signIn(lead, server.people['designated lead'])
  await lead.goto('/desk/retention')
  await isGood(lead, 'desk-retention')
  await lead.goto('/desk?show=closed')
  const address = await lead.locator('.cases a').first().getAttribute('href')
  const keep = `${address}/keep`
  await lead.goto(address)
  await leadsTo(lead, keep, () => lead.locator(`a[href="${keep}"]`).first().click())
  await isGood(lead, 'desk-keep')

  await lead.goto(`${keep}/hold`)
  await isGood(lead, 'desk-keep-hold')
  await lead.locator('[name=reason]').fill('They asked us to keep it.')
  await goOn(lead)
  await lead.locator('.govuk-error-summary').waitFor()
  assert.equal(await lead.locator('[name=reason]').inputValue(), 'They asked us to keep it.')
  await isGood(lead, 'desk-keep-hold-again')
  await lead.locator('[name=hold_for][value=police]').check()
  for (const [part, value] of [['day', '1'], ['month', '3'], ['year', '2099']]) {
    await lead.locator(`[name="review_on-${part}"]`).fill(value)
  }
  await leadsTo(lead, keep, () => goOn(lead))
  assert.match(await lead.locator('main').innerText(), /On hold: The police or a prosecutor/)
  await lead.goto(`${keep}/propose`)
  assert.match(await lead.locator('main').innerText(), /A hold is on this case/)
  await lead.goto(`${keep}/lift_hold`)
  await lead.locator('[name=reason]').fill('They are done.')
  await leadsTo(lead, keep, () => goOn(lead))

  await lead.goto(`${keep}/propose`)
  await isGood(lead, 'desk-keep-propose')
  await lead.locator('[name=basis][value=mistake]').check()
  await lead.locator('[name=reason]').fill('It was a trial.')
  await leadsTo(lead, keep, () => goOn(lead))
  await isGood(lead, 'desk-keep-proposed')

  // The second person has no script; what axe looks at, the same person opens with script.
  const second = await open(t, browser, server, { script: false })
  await signIn(second, server.people['alternate lead'])
  const seen = await open(t, browser, server)
  await signIn(seen, server.people['alternate lead'])
  await second.goto('/desk/retention')
  assert.equal(await second.locator(`a[href="${keep}"]`).count(), 1, 'it waits on their list')
  for (const [path, name] of [['/desk/retention', 'desk-retention-waiting'], [`${keep}/erase`, 'desk-keep-erase']]) {
    await seen.goto(path)
    await isGood(seen, name)
  }
  await second.goto(`${keep}/erase`)
  await goOn(second)
  assert.match(await second.locator('.govuk-error-summary').innerText(), /Tick each box/)
  for (const check of await second.locator('[name=erase_checks]').all()) await check.check()
  await leadsTo(second, `${address}/erased`, () => goOn(second))
  assert.match(await second.locator('pre').innerText(), /because: mistake/)
  await seen.goto(`${address}/erased`)
  await isGood(seen, 'desk-erased')
  for (const [page, path, status] of [[second, address, 404], [lead, address, 404], [lead, `${address}/erased`, 200]]) {
    assert.equal((await page.goto(path)).status(), status, path)
  }
})
