// The person's side from a question before a step to the questions at the end: on a phone, with and without script.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isFair, isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { declareNoConflict, openCase, signIn } from '../support/desk.mjs'
import { begin, comeBack, concern, goOn, send, toCheck } from '../support/report.mjs'
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

const CASE = /^\/desk\/case\/[0-9a-f]+/
const text = page => page.locator('main').innerText()

/** Fills in a form of the desk: words, days, choices and ticks by the names of their fields. */
async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value)) {
      const [day, month, year] = value
      for (const [part, typed] of Object.entries({ day, month, year })) await page.locator(`[name="${name}-${part}"]`).fill(typed)
      continue
    }
    for (const one of value.split('|')) {
      const choice = page.locator(`[name="${name}"][value="${one}"]`)
      if (await choice.count()) await choice.check()
      else await page.locator(`[name="${name}"]`).fill(one)
    }
  }
  await leadsTo(page, CASE, () => goOn(page))
}

for (const script of [true, false]) {
  test(`asked, shown, heard and reviewed, ${script ? 'with' : 'without'} script`, async t => {
    // Looking at a page from outside takes script; without it the way is gone all the same.
    const good = script ? isGood : async () => {}
    const fair = script ? isFair : async () => {}
    const person = await open(t, browser, server, { viewport: phone, script })
    await begin(person)
    await toCheck(person, { ...concern, about_whom: 'me' })
    const { number } = await send(person)

    const lead = await open(t, browser, server, { script })
    await signIn(lead, server.people['designated lead'])
    await openCase(lead, number)
    await declareNoConflict(lead)
    const case_ = new URL(lead.url()).pathname

    // A question before a step, and its answer first on the case.
    await lead.goto(`${case_}/record/ask`)
    await good(lead, 'closing-ask')
    await fill(lead, { ask_step: 'speak', ask_safe: 'yes', ask_words: 'May we talk to them?', ask_by: ['1', '12', '2099'] })
    await person.goto('/follow')
    assert.match(await text(person), /We would like to ask you/)
    await good(person, 'closing-follow')
    await leadsTo(person, /^\/follow\/asked\//, () => person.locator('a[href^="/follow/asked/"]').first().click())
    await good(person, 'closing-asked')
    await goOn(person)
    assert.match(await person.locator('main [role=alert]').innerText(), /Please choose one of these/)
    await person.locator('[name=answer_says][value=not_yet]').check()
    await person.locator('[name=answer_words]').fill('I want to be told first.')
    await leadsTo(person, /^\/follow$/, () => goOn(person))
    await lead.goto(case_)
    assert.match(await lead.locator('#asked').innerText(), /I want to be told first/)

    // A decision, and the copy of it that the person sees and corrects.
    await lead.goto(`${case_}/record/decision`)
    await fill(lead, {
      decision: 'Speak with the group.', reasons: 'It was asked for.', persons_view: 'Not yet.', followed: 'yes',
      consent: 'Given.', check_on: ['1', '12', '2099'],
    })
    await lead.goto(`${case_}/record`)
    await lead.locator('a[href*="/record/shown?about="]').first().click()
    await good(lead, 'closing-shown')
    await fill(lead, { shown_words: 'We speak with the group.', shown_checked: 'others|safe|plain' })
    await lead.goto(`${case_}/record/talk`)
    await fill(lead, {
      talk_with: 'reporter', talk_limits: 'If somebody could be hurt.', talk_wished: 'Nobody else.', talk_agreed: 'We ask first.', talk_show: 'yes',
    })
    await person.goto('/follow')
    await leadsTo(person, /^\/follow\/about$/, () => person.locator('a[href="/follow/about"]').click())
    assert.match(await text(person), /We speak with the group\.[\s\S]*Nobody else\./)
    await good(person, 'closing-about')
    await person.locator('a[href^="/follow/about/"]').first().click()
    await good(person, 'closing-comment')
    await person.locator('[name=comment_says][value=not_what_i_said]').check()
    await leadsTo(person, /^\/follow$/, () => goOn(person))
    await lead.goto(`${case_}/record`)
    assert.match(await text(lead), /It isn.t what they said/)
    await fair(lead, 'closing-record')

    // A copy, a review, and the end.
    await person.goto('/follow/request/copy')
    await good(person, 'closing-copy')
    await leadsTo(person, /^\/follow$/, () => goOn(person))
    assert.match(await text(person), /You have an answer by/)
    await lead.goto(`${case_}/do/learn_only`)
    await fill(lead, { why_no_protection: 'Nobody was hurt.', second_check: 'Agreed with the alternate.' })
    await person.goto('/follow/review')
    await good(person, 'closing-review')
    if (script) await keyboardShowsFocus(person)
    await person.locator('[name=about]').fill('They did not hear me.')
    await leadsTo(person, /^\/follow$/, () => goOn(person))
    await person.goto('/follow/review')
    assert.match(await text(person), /had no part in it so far/)
    await fair(person, 'closing-review-asked')

    const other = await open(t, browser, server, { viewport: phone, script })
    await signIn(other, server.people['alternate lead'])
    await other.goto('/desk/reviews')
    await good(other, 'closing-reviews')
    await other.locator('main .cases a').first().click()
    await good(other, 'closing-review-answer')
    assert.match(await text(other), /They did not hear me\./)
    await fill(other, { review_result: 'stands', review_words: 'I would do the same.' })
    await person.goto('/follow')
    assert.match(await text(person), /I would do the same\./)

    await lead.goto(`${case_}/do/ask_to_close`)
    await fill(lead, {
      outcome: 'fully', outcome_notes: 'Done.', why_no_prevention: 'It cannot come again.', external_decisions: 'None.',
      told_person: 'yes', said_sorry: 'not_due', candour: 'Told.',
    })
    await person.goto('/follow')
    await leadsTo(person, /^\/follow\/end$/, () => person.locator('a[href="/follow/end"]').click())
    await good(person, 'closing-end')
    await person.locator('[name=listened][value=yes]').check()
    await leadsTo(person, /^\/follow$/, () => goOn(person))
    await person.goto('/follow/end')
    assert.match(await text(person), /nobody can find out which are yours/)
    await fair(person, 'closing-ended')
    await lead.goto('/desk/ended')
    assert.match(await text(lead), /Nothing can be shown yet/)
    await good(lead, 'closing-numbers')
    assert.deepEqual(person.problems.filter(problem => !/422/.test(problem)), [])
    assert.deepEqual(lead.problems, [])
  })
}
