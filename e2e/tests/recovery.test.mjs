// The recovery key: shares on pages of their own, somebody who is let in again, a holder's yearly look, and emergency
// access, as people meet them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isFair, isGood } from '../support/checks.mjs'
import { references, signIn } from '../support/desk.mjs'
import { goOn } from '../support/report.mjs'
import { startServer } from '../support/server.mjs'
import { Codes } from '../support/totp.mjs'

let browser
let server
let shares
before(async () => {
  server = await startServer()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

const wholeKey = () => server.output.match(/SAFEHOLD-RECOVERY-1 \S+/)[0]

async function type(page, texts) {
  for (const [index, text] of texts.entries()) await page.locator(`[name=pass_share_${index + 1}]`).fill(text)
}

test('the key is split, each share is on a page of its own, and is typed in from paper', async t => {
  const page = await open(t, browser, server)
  await signIn(page, server.people['designated lead'])
  await page.goto('/desk/recovery')
  await isGood(page, 'desk-recovery')
  await leadsTo(page, '/desk/recovery/change', () => page.locator('a[href="/desk/recovery/change"]').click())
  await isGood(page, 'desk-recovery-change')
  await page.locator('[name=recovery_kind][value=shares]').check()
  await page.locator('[name=recovery_holders]').fill('Petra Loom\nAmos Reedbank\nCelia Hallow')
  await page.locator('[name=recovery_needed]').fill('4')
  await page.locator('[name=why]').fill('Three people keep it from now on.')
  await type(page, [wholeKey()])
  await goOn(page)
  await page.locator('.govuk-error-summary').waitFor()
  assert.match(await page.locator('#f-recovery_needed-error').innerText(), /from 2 to 5/)
  await isFair(page, 'desk-recovery-change-wrong')
  assert.match(page.problems.splice(0).join(), /^[^,]* 422 [^,]*$/)
  await page.locator('[name=recovery_needed]').fill('2')
  await goOn(page)
  await page.locator('.sheet').first().waitFor()
  await isGood(page, 'desk-recovery-printed')
  shares = await page.locator('.sheet .share').allInnerTexts()
  assert.equal(shares.length, 3)
  // On paper each begins a page, and what is not for a holder is on none.
  await page.emulateMedia({ media: 'print' })
  const breaks = await page.locator('.sheet').evaluateAll(all => all.map(sheet => getComputedStyle(sheet).breakBefore))
  assert.deepEqual(breaks, ['page', 'page', 'page'])
  assert.equal(await page.locator('.no-print').first().isVisible(), false)
  await page.emulateMedia({ media: 'screen' })
  await leadsTo(page, '/desk/recovery/confirm', () => page.locator('a[href="/desk/recovery/confirm"]').click())
  await isGood(page, 'desk-recovery-confirm')
  await type(page, [shares[0], shares[0]])
  await goOn(page)
  await page.locator('.govuk-error-summary').waitFor()
  await isFair(page, 'desk-recovery-confirm-wrong')
  assert.match(page.problems.splice(0).join(), /^[^,]* 422 [^,]*$/)
  await type(page, [shares[0], shares[2].toLowerCase().replaceAll('-', ' ')])
  await leadsTo(page, '/desk/recovery', () => goOn(page))
  assert.match(await page.locator('main').innerText(), /2 of them must come together/)
  await isGood(page, 'desk-recovery-split')
})

test('a holder looks whether their share is whole, on a telephone and without a sign-in', async t => {
  const page = await open(t, browser, server, { viewport: phone })
  await page.goto('/desk/share')
  await isGood(page, 'share')
  await page.locator('[name=pass_share]').fill(shares[1].slice(0, 60))
  await goOn(page)
  await page.locator('.govuk-error-summary').waitFor()
  await isFair(page, 'share-wrong')
  page.problems.splice(0)
  await page.locator('[name=pass_share]').fill(shares[1])
  await goOn(page)
  assert.match(await page.locator('main').innerText(), /It is share 2 of 3/)
  await isFair(page, 'share-good')
})

test('somebody who lost everything asks, reads letters out, and is let in again', async t => {
  const alternate = server.people['alternate lead']
  const lost = await open(t, browser, server, { viewport: phone })
  await lost.goto('/desk/sign-in')
  await lost.locator('summary', { hasText: 'I can’t sign in' }).or(lost.locator('summary', { hasText: "I can't sign in" })).click()
  await leadsTo(lost, '/desk/lost', () => lost.locator('a[href="/desk/lost"]').click())
  await isGood(lost, 'lost')
  const codes = new Codes(await lost.locator('[name=secret]').inputValue())
  const pass = 'copper lanterns drift over wet slates'
  await lost.locator('[name=email]').fill(alternate.email)
  await lost.locator('[name=pass]').fill(pass)
  await lost.locator('[name=pass_again]').fill(pass)
  await lost.locator('[name=code]').fill(await codes.next())
  await goOn(lost)
  await lost.locator('.keep-list').waitFor()
  await isGood(lost, 'lost-asked')
  const letters = (await lost.locator('.card.secret').innerText()).trim()

  const page = await open(t, browser, server)
  await signIn(page, server.people['designated lead'])
  assert.match(await page.locator('main').innerText(), /Somebody asks to be let in again/)
  await page.goto('/desk/recovery')
  await leadsTo(page, /^\/desk\/recovery\/ask\/[0-9a-f]+$/, () => page.locator('a[href^="/desk/recovery/ask/"]').click())
  assert.match(await page.locator('main').innerText(), new RegExp(letters))
  await isGood(page, 'desk-recovery-ask')
  await page.locator('[name=why]').fill('Lost with the telephone; I called them at home.')
  await type(page, [shares[2], shares[1]])
  await goOn(page)
  await page.locator('h1', { hasText: 'is let in again' }).waitFor()
  await isFair(page, 'desk-recovery-let-in')

  const person = { email: alternate.email, pass, codes }
  await signIn(lost, person)
  await isFair(lost, 'desk-let-in')
  assert.deepEqual(lost.problems, [])
})

test('one case is opened in an emergency, and the others are told', async t => {
  const page = await open(t, browser, server)
  await signIn(page, server.people['designated lead'])
  const [number] = await references(page)
  const other = await open(t, browser, server, { viewport: phone })
  await signIn(other, server.people['independent recipient'] ?? server.people.sponsor)
  await other.goto('/desk/emergency')
  await isGood(other, 'desk-emergency')
  await other.locator('[name=reference]').fill('0000-0000')
  await other.locator('[name=hours]').fill('2')
  await other.locator('[name=why]').fill('Somebody may be hurt tonight. Nobody answers.')
  await type(other, [shares[0], shares[1]])
  await goOn(other)
  await other.locator('.govuk-error-summary').waitFor()
  await isFair(other, 'desk-emergency-wrong')
  assert.match(other.problems.splice(0).join(), /^[^,]* 422 [^,]*$/)
  await other.locator('[name=reference]').fill(number)
  await leadsTo(other, /^\/desk\/case\/[0-9a-f]+$/, () => goOn(other))
  await other.goto('/desk')
  assert.match(await other.locator('main').innerText(), new RegExp(`emergency access to case ${number} until`))
  await page.goto('/desk/recovery')
  assert.match(await page.locator('main').innerText(), /got emergency access to a case/)
  await isGood(page, 'desk-recovery-told')
})
