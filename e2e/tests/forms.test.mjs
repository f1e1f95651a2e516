// The form by keyboard alone, in a minute, with bad input, and put aside for later; and a sign-in that is refused.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, phone } from '../support/browser.mjs'
import { typeSignIn } from '../support/desk.mjs'
import { asWrittenDown, begin, comeBack, concern, fillIn, goOn, here, send, toCheck } from '../support/report.mjs'
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

/** Goes on with the Tab key until the element is reached. */
async function tabTo(page, selector) {
  for (let count = 0; count < 120; count++) {
    if (await page.evaluate(selector => document.activeElement?.matches(selector), selector)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`the keyboard does not reach ${selector} on ${page.url()}`)
}

/** What `fillIn` does, by keyboard. */
async function fillInByKeyboard(page, answers) {
  const controls = await page.locator('main form [name]').evaluateAll(all => all.map(({ name, type, value }) => ({ name, type, value })))
  for (const name of new Set(controls.map(control => control.name))) {
    const wanted = answers[name]
    if (wanted === undefined) continue
    const options = controls.filter(control => control.name === name)
    if (options[0].type === 'radio') {
      // The Tab key stops at one of the group; the arrows choose.
      await tabTo(page, `[name="${name}"]`)
      if (options[0].value === wanted) await page.keyboard.press('Space')
      for (const option of options) {
        if (option.value === wanted) break
        await page.keyboard.press('ArrowDown')
      }
      assert.equal(await page.locator(`[name="${name}"]:checked`).inputValue(), wanted)
    } else if (options[0].type === 'checkbox') {
      await tabTo(page, `[name="${name}"][value="${wanted}"]`)
      await page.keyboard.press('Space')
    } else {
      await tabTo(page, `[name="${name}"]`)
      await page.keyboard.type(wanted)
    }
  }
}

async function press(page, selector) {
  await tabTo(page, selector)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

const GO_ON = 'main form button.govuk-button:not([name])'

test('a concern is reported by keyboard alone', async t => {
  const page = await open(t, browser, server)
  await page.goto('/')
  await press(page, 'main a[href="/ask"]')
  await press(page, 'main a[href="/report/start"]')
  await press(page, 'main a.govuk-button')
  let pages = 0
  for (; here(page) !== 'check'; pages++) {
    assert.ok(pages < 30)
    await fillInByKeyboard(page, concern)
    await press(page, GO_ON)
  }
  await press(page, GO_ON)
  assert.equal(here(page), 'sent')
  await press(page, 'form[action="/report/words"] button')
  assert.deepEqual(page.problems, [])
})

test('advice is asked for in five pages and two answers', async t => {
  const page = await open(t, browser, server, { viewport: phone, script: false })
  await begin(page)
  const path = await toCheck(page, { danger: 'no', kind: 'advice', ask: 'May I tell a friend what I heard here?' })
  assert.ok(path.length <= 6, `${path.length} pages: ${path}`)
  await send(page)
})

for (const script of [true, false]) {
  test(`an empty question is named, and what was typed is kept, ${script ? 'with' : 'without'} script`, async t => {
    const page = await open(t, browser, server, { viewport: phone, script })
    await begin(page)
    while (!await page.locator('[name=name]').count()) {
      await fillIn(page, concern)
      await goOn(page)
    }
    const asked = page.url()
    await page.locator('[name=pronouns]').fill('they, <them> & "theirs"')
    await goOn(page)
    assert.equal(page.url().split('?')[0], asked)
    const summary = page.locator('.govuk-error-summary')
    assert.ok(await summary.evaluate(element => element === document.activeElement), 'the summary has the focus')
    await summary.locator('a').first().click()
    assert.ok(await page.evaluate(() => document.activeElement?.id === 'f-name' || location.hash === '#f-name'), 'the summary leads to the question')
    assert.equal(await page.locator('[name=pronouns]').inputValue(), 'they, <them> & "theirs"')
    assert.equal(await page.locator('#f-name').getAttribute('aria-invalid'), 'true')
    await fillIn(page, concern)
    await goOn(page)
    assert.notEqual(page.url().split('?')[0], asked)
  })
}

test('a report is put aside, and gone on with on another device', async t => {
  const first = await open(t, browser, server, { viewport: phone, script: false })
  await begin(first)
  while (!await first.locator('[name=what_happened]').count()) {
    await fillIn(first, concern)
    await goOn(first)
  }
  const asked = here(first)
  await fillIn(first, concern)
  await first.locator('button[value=stop]').click()
  assert.equal(here(first), 'words')
  const words = (await first.locator('main .done strong').innerText()).trim()
  await first.locator('form[action="/report/words"] button').click()
  await first.locator('form[action="/follow/leave"] button').click()
  await first.goto(`/report/${asked}`)
  assert.doesNotMatch(await first.content(), /Clover/, 'the first device has forgotten it')

  const second = await open(t, browser, server)
  await comeBack(second, asWrittenDown(words))
  await second.goto(`/report/${asked}`)
  assert.match(await second.locator('[name=what_happened]').inputValue(), /Clover/)
  await toCheck(second, concern)
  await goOn(second)
  assert.equal(here(second), 'sent')
})

test('sending twice makes one report', async t => {
  const page = await open(t, browser, server, { viewport: phone, script: false })
  await begin(page)
  await toCheck(page, { danger: 'no', kind: 'advice', ask: 'Is there a form on paper?' })
  const { number } = await send(page)
  await page.goBack()
  if (here(page) === 'check') await goOn(page)
  await page.goto('/follow')
  assert.match(await page.locator('h1').innerText(), new RegExp(number))
})

test('a sign-in is refused in the same words, whatever was wrong', async t => {
  const page = await open(t, browser, server)
  const lead = server.people['designated lead']
  const said = []
  for (const tried of [
    { email: lead.email, pass: lead.pass, code: '000000' },
    { email: lead.email, pass: 'not this one at all', code: await lead.codes.next() },
    { email: 'nobody@riverbank.example', pass: lead.pass, code: '123456' },
  ]) {
    await page.goto('/desk/sign-in')
    await typeSignIn(page, tried)
    assert.equal(new URL(page.url()).pathname, '/desk/sign-in')
    assert.equal(await page.locator('[name=email]').inputValue(), tried.email)
    assert.equal(await page.locator('[name=pass]').inputValue(), '')
    said.push(await page.locator('.govuk-error-summary').innerText())
  }
  assert.match(said[0], /do not fit together/)
  assert.equal(new Set(said).size, 1)
  assert.deepEqual(await page.context().cookies(), [])
})
