// Telling bodies outside: from what the report raises to what was written down, on both databases.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { desktop, launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isFair, isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { declareNoConflict, openCase, signIn } from '../support/desk.mjs'
import { begin, comeBack, concern, goOn, send, toCheck } from '../support/report.mjs'
import { databases, startServer } from '../support/server.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser?.close())

/** What went wrong in the browser, besides forms that came back and what can't be done now, as they should. */
const problems = page => page.problems.filter(problem => !/\b(409|422)\b/.test(problem))

const record = page => page.locator('main form button.govuk-button').last().click()

for (const database of databases) {
  describe(`on ${database}`, () => {
    let server
    before(async () => { server = await startServer({ database }) })
    after(() => server?.stop())

    test('a body is decided on, told by a person, and the reporter reads of it in the lead’s words', async t => {
      const person = await open(t, browser, server, { viewport: phone, script: false })
      await begin(person)
      await toCheck(person, { ...concern, danger: 'yes', emergency_called: 'no' })
      const { number, words } = await send(person)

      // The lead works without script: nothing on these pages needs one.
      const lead = await open(t, browser, server, { viewport: desktop, script: false })
      await signIn(lead, server.people['designated lead'])
      await openCase(lead, number)
      await lead.locator('form[action$="/do/begin"] button').click()
      await leadsTo(lead, /\/duties$/, () => lead.locator('#duties ~ p a.govuk-button').first().click())
      assert.match(await lead.locator('main').innerText(), /Safehold sends nothing to anybody/)
      assert.match(await lead.locator('main').innerText(), /Emergency services/)

      // Without a place the form comes back, with what was ticked.
      await lead.locator('[name=says][value=three_part_test]').check()
      await record(lead)
      assert.ok(await lead.locator('.govuk-error-summary a[href="#f-place"]').count())
      assert.ok(await lead.locator('[name=says][value=three_part_test]').isChecked())
      await lead.locator('[name=place][value=northern_ireland]').check()
      await record(lead)
      assert.match(await lead.locator('main').innerText(), /Adult Protection Gateway/)

      await lead.locator('main h3 a', { hasText: 'Adult Protection Gateway' }).click()
      await lead.locator('a[href$="/record/decide"]').click()
      await lead.locator('[name=need][value=required]').check()
      await lead.locator('[name=consent][value=not_yet]').check()
      await lead.locator('[name=starts][value=report]').check()
      await lead.locator('[name=reason]').fill('They may not be safe at home.')
      await record(lead)
      assert.match(await lead.locator('main').innerText(), /Ask the person first/)
      assert.equal(await lead.locator('a[href$="/record/sent"]').count(), 0)

      await lead.locator('a[href$="/record/decide"]').click()
      await lead.locator('[name=need][value=required]').check()
      await lead.locator('[name=consent][value=given]').check()
      await lead.locator('[name=starts][value=report]').check()
      await lead.locator('[name=reason]').fill('They were asked, and agree.')
      await record(lead)
      await lead.locator('a[href$="/record/sent"]').click()
      await lead.locator('[name=how][value=phone]').check()
      await lead.locator('[name=sent_to]').fill('The duty social worker')
      await lead.locator('[name=what]').fill('What Clover told us, in three sentences.')
      await lead.locator('[name=files]').setInputFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('A copy') })
      await lead.locator('[name=show][value=yes]').check()
      assert.match(await lead.locator('[name=message]').inputValue(), /Adult Protection Gateway/)
      await lead.locator('[name=message]').fill('As you agreed, we told the Gateway team today.')
      await record(lead)
      assert.match(await lead.locator('main').innerText(), /letter\.txt/)
      await lead.locator('a[href$="/record/reply"]').click()
      await lead.locator('[name=reply]').fill('They visit tomorrow.')
      await record(lead)
      await lead.locator('a[href$="/record/end"]').click()
      await lead.locator('[name=outcome][value=they_act]').check()
      await lead.locator('[name=why]').fill('They have taken it on.')
      await record(lead)
      assert.match(await lead.locator('main').innerText(), /Finished/)
      assert.deepEqual(problems(lead), [])

      const again = await open(t, browser, server, { viewport: phone })
      await comeBack(again, words)
      const read = await again.locator('main').innerText()
      assert.match(read, /we told the Gateway team today/)
      assert.doesNotMatch(read, /duty social worker|They visit tomorrow/)
    })
  })
}

test('the pages about bodies outside are good on a phone, on a desktop, in the dark and on paper', async t => {
  const server = await startServer()
  t.after(() => server.stop())
  const person = await open(t, browser, server, { viewport: phone, script: false })
  await begin(person)
  await toCheck(person, { ...concern, danger: 'yes', emergency_called: 'no' })
  const { number } = await send(person)
  const lead = await open(t, browser, server)
  await signIn(lead, server.people['designated lead'])
  await openCase(lead, number)
  await declareNoConflict(lead)
  const at = new URL(lead.url()).pathname
  const see = async (path, name, check = isGood) => {
    await lead.goto(at + path)
    await check(lead, name)
  }
  await see('/duties', 'duties')
  await keyboardShowsFocus(lead)
  await see('/duties/emergency', 'duties-body')
  await see('/duties/emergency/draft', 'duties-draft')
  await see('/duties/emergency/record/decide', 'duties-decide')
  await keyboardShowsFocus(lead)
  await goOn(lead)
  await isFair(lead, 'duties-decide-wrong')
  await lead.locator('[name=need][value=required]').check()
  await lead.locator('[name=reason]').fill('Somebody may be hurt.')
  await lead.locator('[name=consent][value=unsafe]').check()
  await lead.locator('[name=grounds][value=life]').check()
  await lead.locator('[name=consent_note]').fill('There was no time.')
  await lead.locator('[name=starts][value=now]').check()
  await goOn(lead)
  await see('/duties/emergency/record/sent', 'duties-sent')
  await lead.locator('[name=how][value=phone]').check()
  await lead.locator('[name=sent_to]').fill('The operator')
  await lead.locator('[name=what]').fill('The address.')
  await lead.locator('[name=show][value=no]').check()
  await lead.locator('[name=reply_by-day]').fill('1')
  await lead.locator('[name=reply_by-month]').fill('1')
  await lead.locator('[name=reply_by-year]').fill('2199')
  await goOn(lead)
  await isFair(lead, 'duties-body-told')
  await see('/duties/emergency/record/reply', 'duties-reply', isFair)
  await see('/duties/emergency/record/end', 'duties-end', isFair)
  await see('/duties/police/record/sent', 'duties-refused', isFair)
  await lead.goto('/desk/duties')
  await isGood(lead, 'duties-due')
  await see('', 'duties-case', isFair)
  assert.deepEqual(problems(lead), [])
})
