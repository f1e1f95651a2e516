// The main job: a person tells us of a concern, a lead answers, and the person reads the answer. On both databases.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { desktop, launch, leadsTo, open, phone } from '../support/browser.mjs'
import { declareNoConflict, openCase, signIn } from '../support/desk.mjs'
import { asWrittenDown, begin, comeBack, concern, goOn, here, send, toCheck } from '../support/report.mjs'
import { databases, startServer } from '../support/server.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser?.close())

for (const database of databases) {
  describe(`on ${database}`, () => {
    let server
    before(async () => { server = await startServer({ database }) })
    after(() => server?.stop())

    test('a concern is reported without script on a phone, answered, and read elsewhere with the words', async t => {
      const person = await open(t, browser, server, { viewport: phone, script: false })
      await person.goto('/')
      await leadsTo(person, '/ask', () => person.locator('main a[href="/ask"]').first().click())
      await leadsTo(person, '/report/start', () => person.locator('main a[href="/report/start"]').first().click())
      assert.deepEqual(await person.context().cookies(), [], 'no cookie before the first answer')
      await person.locator('main a.govuk-button').first().click()
      const pages = await toCheck(person, concern)
      assert.ok(pages.length <= 18, `${pages.length} pages`)
      const said = await person.locator('main').innerText()
      assert.match(said, /Clover/)
      assert.match(said, /Marisol Penhale/)
      const { number, words } = await send(person)
      await person.locator('form[action="/report/words"] button').click()
      assert.doesNotMatch(await person.locator('main').innerText(), new RegExp(words.split(' ').slice(0, 3).join('\\s+')))

      const lead = await open(t, browser, server, { viewport: desktop })
      await signIn(lead, server.people['designated lead'])
      await openCase(lead, number)
      assert.doesNotMatch(await lead.locator('main').innerText(), /Clover/, 'nothing of the account before the lead has said who they are to it')
      await declareNoConflict(lead)
      const top = id => lead.locator(id).evaluate(element => element.getBoundingClientRect().top)
      assert.ok(await top('#wishes') < await top('#account'), 'wishes before the account')
      await lead.locator('#account ~ details summary').first().click()
      assert.match(await lead.locator('main').innerText(), /Clover/)
      await lead.locator('a[href$="/write"]').first().click()
      await lead.locator('[name=text]').fill('Thank you, Rowan. Nothing happens without asking you first.')
      await leadsTo(lead, /^\/desk\/case\/[0-9a-f]+$/, () => goOn(lead))

      const again = await open(t, browser, server, { viewport: phone })
      await comeBack(again, asWrittenDown(words))
      assert.equal(here(again), '/follow')
      assert.match(await again.locator('main').innerText(), /Nothing happens without asking you first/)
      await again.locator('[name=text]').fill('Thank you. Please talk to Clover.')
      await again.locator('form[action="/follow/message"] button').first().click()
      assert.match(await again.locator('main [role=status]').first().innerText(), /\w/)
      assert.match(await again.locator('main').innerText(), /Please talk to Clover/)
      assert.deepEqual(again.problems, [])

      await openCase(lead, number)
      assert.match(await lead.locator('main').innerText(), /Please talk to Clover/)
      assert.deepEqual(lead.problems, [])
    })

    test('a report that involves the lead is on the alternate’s desk, and not on the lead’s', async t => {
      const lead = await open(t, browser, server)
      await signIn(lead, server.people['designated lead'])
      // Notices of earlier reports may still be on their way, and fail: a desk is compared when it has settled.
      const settled = async () => {
        for (let shown, last; ; last = shown) {
          await lead.goto('/desk')
          shown = await lead.locator('main').innerText()
          if (shown === last) return shown
          await sleep(2500)
        }
      }
      const before = await settled()

      const person = await open(t, browser, server, { viewport: phone })
      await begin(person)
      const about = { ...concern, what_happened: 'Marisol shouted at me on Monday.' }
      await toCheck(person, about, async page => {
        const option = page.locator('main label', { hasText: 'Marisol Penhale' })
        if (await option.count()) {
          about.team_involved = await page.locator(`#${await option.getAttribute('for')}`).inputValue()
        }
      })
      assert.match(await person.locator('main').innerText(), /Tunde Ashgrove/)
      const { number } = await send(person)

      const alternate = await open(t, browser, server)
      await signIn(alternate, server.people['alternate lead'])
      await openCase(alternate, number)
      const address = alternate.url()
      assert.equal(await settled(), before, 'the lead’s desk is as it was')
      const guessed = await lead.goto(address)
      const never = await lead.context().request.get(`/desk/case/${'0'.repeat(32)}`)
      assert.equal(guessed.status(), 404)
      assert.equal(await guessed.text(), await never.text())
    })
  })
}
