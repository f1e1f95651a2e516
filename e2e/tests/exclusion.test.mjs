// Exclusion from activities: one person proposes, another confirms, and names of people who would like to join are
// compared. The second person works without script. On both databases, and every page on every screen.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { desktop, launch, leadsTo, open } from '../support/browser.mjs'
import { isFair, isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { openCase, signIn } from '../support/desk.mjs'
import { comeBack, goOn } from '../support/report.mjs'
import { databases, startServer } from '../support/server.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser?.close())

/** What went wrong in the browser, besides forms that came back and what can't be done, as they should. */
const problems = page => page.problems.filter(problem => !/\b(403|409|422)\b/.test(problem))

const day = async (page, name, [date, month, year]) => {
  await page.locator(`[name="${name}-day"]`).fill(date)
  await page.locator(`[name="${name}-month"]`).fill(month)
  await page.locator(`[name="${name}-year"]`).fill(year)
}

const choose = (page, name, value) => page.locator(`[name=${name}][value=${value}]`).check()

const long = {
  stay_names: 'Sammy Quarrywood',
  stay_reach: 'sam.q@example.org',
  stay_pattern: 'In three sessions they talked others down and laughed at an accent.',
  stay_tried: 'Two talks in October. It went on in November.',
  stay_group_how: 'One by one, by phone.',
  stay_manager_view: 'Agrees, for three months.',
  stay_reasons: 'Others stay away because of it.',
  stay_other: 'Another group: they did not want to.',
  stay_power: 'They book the rooms. Nobody who raised it has a say there.',
  stay_way_back: 'A talk with the two of us, and agreeing to our ways of working.',
  stay_told: 'By phone, with somebody of their choice beside them.',
  stay_hears_name: 'The chair of the trustees',
}

/** Goes to the page of exclusions of the case that the lead and a reporter talk about in the demonstration. */
async function toExclusions(page, number) {
  await openCase(page, number)
  await leadsTo(page, /\/exclusion$/, () => page.locator('#actions ~ ul a[href$="/exclusion"]').click())
}

for (const database of databases) {
  describe(`on ${database}`, () => {
    let server
    before(async () => { server = await startServer({ database }) })
    after(() => server?.stop())

    test('one person proposes, another confirms, and a later sign-up is recognised', async t => {
      const person = await open(t, browser, server)
      await comeBack(person, server.words[1])
      const number = (await person.locator('h1').innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0]

      const lead = await open(t, browser, server, { viewport: desktop })
      await signIn(lead, server.people['designated lead'])
      await openCase(lead, number)
      await lead.locator('a[href$="/share"]').last().click()
      const named = lead.locator('label', { hasText: 'Tunde Ashgrove' })
      await named.click()
      await lead.locator('[name=why]').fill('A second pair of eyes.')
      await goOn(lead)

      await toExclusions(lead, number)
      await isGood(lead, 'exclusion-none')
      await lead.locator('a[href$="/record/stay_away"]').click()
      await isGood(lead, 'exclusion-propose')
      await lead.locator('[name=stay_name]').fill('Samuel Quarrywood')
      for (const [name, words] of Object.entries(long)) await lead.locator(`[name=${name}]`).fill(words)
      await lead.locator('[name=stay_manager_who]').fill('Ottilie Fenwarden')
      await choose(lead, 'stay_raised', 'yes')
      await choose(lead, 'stay_group', 'asked')
      await day(lead, 'stay_group_on', ['20', '11', '2026'])
      await choose(lead, 'stay_manager', 'asked')
      await day(lead, 'stay_manager_on', ['21', '11', '2026'])
      await choose(lead, 'stay_from', 'all')
      await choose(lead, 'stay_until', 'review')
      await day(lead, 'stay_review_on', ['15', '1', '2099'])
      await goOn(lead)
      // Whoever raised something is not sent away without a thought.
      assert.match(await lead.locator('.card--urgent[role=alert]').innerText(), /may be reprisal/)
      assert.equal(await lead.locator('[name=stay_reasons]').inputValue(), long.stay_reasons)
      await isFair(lead, 'exclusion-warned')
      await choose(lead, 'stay_raised', 'no')
      await leadsTo(lead, /\/exclusion$/, () => goOn(lead))
      const main = async page => (await page.locator('main').innerText()).replace(/\s+/g, ' ')
      assert.match(await main(lead), /Waits for a second person/i)
      assert.equal(await lead.locator('a[href*="/stay_away_check"]').count(), 0)

      const second = await open(t, browser, server, { viewport: desktop, script: false })
      await signIn(second, server.people['alternate lead'])
      await toExclusions(second, number)
      await second.locator('a[href*="/stay_away_check"]').click()
      assert.match(await main(second), /They book the rooms/)
      // The checks need a script; the work does not.
      const look = await open(t, browser, server)
      await signIn(look, server.people['alternate lead'])
      await look.goto(second.url())
      await isFair(look, 'exclusion-check')
      await choose(second, 'stay_check', 'confirm')
      await second.locator('[name=stay_check_why]').fill('I read all of it, and spoke with the manager.')
      await leadsTo(second, /\/exclusion$/, () => goOn(second))
      assert.match(await main(second), /In force/i)
      await look.goto(second.url())
      await isGood(look, 'exclusion')
      await keyboardShowsFocus(look)
      for (const kind of ['review', 'appeal']) {
        const href = await second.locator(`a[href*="/stay_away_${kind}?"]`).getAttribute('href')
        await look.goto(href)
        await isFair(look, `exclusion-${kind}`)
      }

      await lead.goto('/desk/exclusions')
      assert.match(await main(lead), /Samuel Quarrywood/)
      await isGood(lead, 'exclusions')
      await leadsTo(lead, '/desk/sign-ups', () => lead.locator('main a[href="/desk/sign-ups"]').click())
      await isGood(lead, 'sign-ups')
      await goOn(lead)
      assert.ok(await lead.locator('.govuk-error-summary a[href="#f-names"]').count())
      await isFair(lead, 'sign-ups-empty')
      await lead.locator('[name=names]').fill('Name,Mail\nRobin Example,r@example.org\nQuarrywod; Sam\n')
      await goOn(lead)
      const found = await main(lead)
      assert.match(found, /1 line may mean somebody/)
      assert.match(found, /Line 3: Quarrywod, Sam/)
      assert.match(found, /Check before you do anything/)
      assert.doesNotMatch(found, /laughed at an accent/)
      await isGood(lead, 'sign-ups-found')
      await lead.locator('[name=names]').fill('Robin Example')
      await goOn(lead)
      assert.match(await main(lead), /We looked at 1 line/)
      await isFair(lead, 'sign-ups-nobody')

      await openCase(lead, number)
      await lead.locator('a[href$="/record/university"]').first().click()
      await isFair(lead, 'university')
      await choose(lead, 'university_who', 'student')
      await choose(lead, 'university_told', 'not_yet')
      await goOn(lead)
      await openCase(lead, number)
      assert.match(await main(lead), /An exclusion from activities is in force/)
      assert.match(await main(lead), /A student of the university is in this case/)
      await isFair(lead, 'exclusion-case')
      await lead.locator('a[href$="/record/partners"]').first().click()
      await isFair(lead, 'partners')
      assert.deepEqual([lead, second, look].flatMap(problems), [])
    })
  })
}
