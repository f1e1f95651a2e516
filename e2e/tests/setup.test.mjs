// An empty installation: set up in the browser, signed in to, and joined by invitation.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isFair, isGood } from '../support/checks.mjs'
import { signIn } from '../support/desk.mjs'
import { goOn } from '../support/report.mjs'
import { startServer } from '../support/server.mjs'
import { Codes } from '../support/totp.mjs'

let browser
let server
before(async () => {
  server = await startServer({ command: 'serve' })
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

/** Chooses a pass phrase and takes the authenticator's secret, as `team/credentials.html` asks. */
async function chooseSignIn(page, email, pass) {
  const codes = new Codes(await page.locator('[name=secret]').inputValue())
  await page.locator('[name=pass]').fill(pass)
  await page.locator('[name=pass_again]').fill(pass)
  await page.locator('[name=code]').fill(await codes.next())
  return { email, pass, codes }
}

test('an organisation is set up, its lead signs in, and somebody joins', async t => {
  const page = await open(t, browser, server)
  assert.equal((await page.goto('/setup')).status(), 404, 'not without the token')
  await page.goto('/')
  await isFair(page, 'not-set-up')
  await page.goto(server.setUp)
  await isGood(page, 'setup')
  await goOn(page)
  assert.equal(await page.locator('.govuk-error-summary').count(), 1, 'an empty form is explained')
  await isFair(page, 'setup-wrong')
  for (const [name, value] of Object.entries({
    name: 'Millrace Writers', short_name: 'Millrace', lead_name: 'Odile Farrow', lead_email: 'odile@millrace.example',
    lead_phone: '01632 960150', children_name: 'Millrace children’s lead', children_phone: '01632 960151',
  })) await page.locator(`[name=${name}]`).fill(value)
  const lead = await chooseSignIn(page, 'odile@millrace.example', 'gravel bees hum under slates')
  await goOn(page)
  assert.match(await page.locator('main').innerText(), /SAFEHOLD-RECOVERY-1 /)
  await isGood(page, 'setup-done')
  const second = await page.context().request.get(server.setUp)
  assert.doesNotMatch(await second.text(), /name="pass"/, 'only once')

  await signIn(page, lead)
  await page.goto('/desk/team/invite')
  await page.locator('[name=role][value=alternate]').check()
  await page.locator('[name=name]').fill('Ferdi Oakes')
  await page.locator('[name=email]').fill('ferdi@millrace.example')
  await goOn(page)
  const link = (await page.locator('.secret').innerText()).trim()
  await isFair(page, 'desk-invited')

  const joining = await open(t, browser, server, { viewport: phone })
  await joining.goto(link)
  await isGood(joining, 'join')
  const alternate = await chooseSignIn(joining, 'ferdi@millrace.example', 'slow tide lifts grey pontoons')
  await goOn(joining)
  await isFair(joining, 'joined')
  await leadsTo(joining, '/desk/sign-in', () => joining.locator('main a.govuk-button').click())
  await signIn(joining, alternate)
  await isGood(joining, 'desk-empty')

  // From now on a second person is there, so whoever joins waits for them.
  await page.goto('/desk/team/invite')
  await page.locator('[name=role][value=sponsor]').check()
  await page.locator('[name=name]').fill('Peregrine Holt')
  await page.locator('[name=email]').fill('peregrine@millrace.example')
  await goOn(page)
  const next = (await page.locator('.secret').innerText()).trim()
  assert.ok(next.startsWith(`${server.address}/join?token=`), 'it begins where people reach the program')
  const third = await open(t, browser, server)
  await third.goto(next)
  await chooseSignIn(third, 'peregrine@millrace.example', 'copper owls weigh a lantern')
  await goOn(third)
  await third.locator('.keep-list').waitFor()
  assert.match(await third.locator('main').innerText(), /Before you can sign in/)
  await isFair(third, 'joined-waits')
  await page.goto('/desk/team')
  assert.match(await page.locator('main').innerText(), /Somebody else has to confirm them/)
  await joining.goto('/desk/team')
  await isGood(joining, 'desk-team-waiting')
  await leadsTo(joining, /^\/desk\/team\/[0-9a-f]+\/confirm$/, () => joining.locator('a[href$="/confirm"]').click())
  await isGood(joining, 'desk-confirm')
  await leadsTo(joining, '/desk/team', () => joining.locator('main form button.govuk-button').click())
  await joining.goto('/desk/team/changes')
  assert.match(await joining.locator('main').innerText(), /Peregrine Holt, .*was confirmed/)
  await isGood(joining, 'desk-team-changes')
  await joining.goto('/desk/account')
  await isGood(joining, 'desk-account')
  await joining.goto('/desk/prove?to=/desk/team/invite')
  await isGood(joining, 'desk-prove')
  await joining.locator('[name=pass]').fill('not this one')
  await goOn(joining)
  await joining.locator('.govuk-error-summary').waitFor()
  await isFair(joining, 'desk-prove-wrong')
  // The browser notes the answer to a wrong pass phrase, and nothing else so far.
  assert.match(joining.problems.splice(0).join(), /^[^,]* 422 [^,]*$/)
  await joining.locator('[name=pass]').fill('slow tide lifts grey pontoons')
  await leadsTo(joining, '/desk/team/invite', () => goOn(joining))
  await joining.goto('/')
  assert.match(await joining.locator('header').innerText(), /Millrace Writers/)
  assert.deepEqual(joining.problems, [])
})
