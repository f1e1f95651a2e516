// Files on both sides: the reporter's on the desk, behind a choice, and the desk's with the reporter; and the
// reporter's pages as they are used on a phone.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { desktop, launch, leadsTo, open, phone, picture } from '../support/browser.mjs'
import { isFair, isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { declareNoConflict, openCase, signIn } from '../support/desk.mjs'
import { png, tells, wav } from '../support/files.mjs'
import { begin, comeBack, concern, goOn, here, send, toCheck } from '../support/report.mjs'
import { databases, startServer } from '../support/server.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser?.close())

const upload = (name, mimeType, buffer) => ({ name, mimeType, buffer })

/** What a link saves on the device. */
async function saved(page, link) {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

/** A picture that is really shown, with as many pixels as it has. */
async function isShown(page, width) {
  const image = page.locator('main img')
  await image.evaluate(one => one.decode())
  assert.equal(await image.evaluate(one => one.naturalWidth), width)
}

/** A sound that is really played. */
async function plays(page) {
  const reached = await page.locator('main audio').evaluate(async one => {
    one.muted = true
    await one.play()
    await new Promise((resolve, reject) => {
      one.addEventListener('timeupdate', () => { if (one.currentTime > 0) resolve() })
      one.addEventListener('error', () => reject(new Error(one.error.message)))
    })
    return one.duration
  })
  assert.ok(reached > 0.9 && reached < 1.1, `${reached} seconds`)
}

for (const database of databases) {
  for (const script of [true, false]) {
    describe(`on ${database}, ${script ? 'with' : 'without'} script`, () => {
      let server
      before(async () => { server = await startServer({ database }) })
      after(() => server?.stop())

      test('files go from the reporter to the desk and from the desk to the reporter', async t => {
        const person = await open(t, browser, server, { viewport: phone, script })
        await begin(person)
        await toCheck(person, { ...concern, enough: 'more' }, async page => {
          const file = page.locator('main input[type=file]')
          if (!await file.count() || await page.getByText('corridor.png').count()) return
          await file.setInputFiles([
            upload('corridor.png', 'image/png', png()),
            upload('voice.wav', 'audio/wav', wav()),
            upload('note.txt', 'text/plain', Buffer.from('It was <b>Thursday</b>.\nI wrote it down.')),
          ])
          await page.locator('button[value=add]').click()
        })
        const { number, words } = await send(person)

        // The desk: nothing is shown until somebody chooses it, and then without what hides in it. The desk itself is
        // the same with and without script; these look at the page from outside, which takes script.
        const lead = await open(t, browser, server, { viewport: desktop })
        await signIn(lead, server.people['designated lead'])
        await openCase(lead, number)
        await declareNoConflict(lead)
        const case_ = lead.url()
        assert.equal(await lead.locator('main img, main audio, main video').count(), 0)
        const show = name => lead.locator('li, .file, tr, div', { hasText: name }).last().locator('a[href$="/show"]')
        await show('corridor.png').click()
        await isShown(lead, 48)
        const copy = await saved(lead, lead.locator('main a.reach[href*="/file/"]'))
        assert.equal(copy.name, 'corridor.png')
        assert.ok(tells(png()) && !tells(copy.bytes))
        await lead.goto(case_)
        await show('voice.wav').click()
        await plays(lead)
        await lead.goto(case_)
        await show('note.txt').click()
        assert.match(await lead.locator('main').innerText(), /It was <b>Thursday<\/b>/)

        // The desk answers with a picture.
        await lead.goto(case_)
        await lead.locator('a[href$="/write"]').first().click()
        await lead.locator('[name=text]').fill('This is the room where we can meet.')
        await lead.locator('[name=files]').setInputFiles([upload('our room.png', 'image/png', png(64))])
        await leadsTo(lead, /^\/desk\/case\/[0-9a-f]+$/, () => goOn(lead))
        assert.deepEqual(lead.problems, [])

        // The person comes back elsewhere, looks, and saves.
        const again = await open(t, browser, server, { viewport: phone, script })
        await comeBack(again, words)
        assert.match(await again.locator('main').innerText(), /our room\.png Picture, 1 KB/)
        await again.locator('main a', { hasText: 'our room.png' }).click()
        const address = again.url()
        if (script) await isShown(again, 64)
        assert.match(await again.locator('main').innerText(), /From the team/)
        const theirs = await saved(again, again.locator('main a[download]'))
        assert.equal(theirs.name, 'our room.png')
        assert.ok(!tells(theirs.bytes), 'nothing tells of the team')

        // What they sent comes as they sent it, also with a message.
        await again.goto('/follow/answers')
        await again.locator('main .files a', { hasText: 'corridor.png' }).click()
        const own = await saved(again, again.locator('main a[download]'))
        assert.ok(own.bytes.equals(png()), 'as it was sent')
        await again.goto('/follow')
        await again.locator('[name=text]').fill('One more recording.')
        await again.locator('main details:has([name=files]) summary').click()
        await again.locator('[name=files]').setInputFiles([upload('later.wav', 'audio/wav', wav())])
        await again.locator('form[action="/follow/message"] button').click()
        assert.match(await again.locator('main [role=status]').first().innerText(), /Your message was sent/)
        await again.locator('main .files a', { hasText: 'later.wav' }).click()
        if (script) await plays(again)
        assert.match(await again.locator('main').innerText(), /From you, as you sent it/)
        assert.deepEqual(again.problems, [])

        // Nobody else can.
        const other = await open(t, browser, server, { viewport: phone, script })
        const answer = await other.goto(address)
        assert.equal(here(other), '/return', 'without words')
        assert.equal(answer.status(), 200)
        await comeBack(other, server.words[0])
        assert.equal((await other.goto(address)).status(), 404)
        const never = await other.context().request.get(`/follow/file/${'1'.repeat(12)}4${'1'.repeat(3)}8${'1'.repeat(15)}`)
        const guessed = await other.context().request.get(new URL(address).pathname.replace('/show', ''))
        assert.equal(guessed.status(), 404)
        assert.equal(await guessed.text(), await never.text())
      })
    })
  }
}

describe('each page of somebody who came back', () => {
  let server
  before(async () => { server = await startServer() })
  after(() => server?.stop())

  test('on a phone and on a desk', async t => {
    for (const viewport of [{ width: 390, height: 844 }, desktop]) {
      const page = await open(t, browser, server, { viewport })
      await comeBack(page, server.words[0])
      await page.locator('[name=text]').fill('Here is what I found.')
      await page.locator('main details:has([name=files]) summary').click()
      await page.locator('[name=files]').setInputFiles([
        upload('a picture of the room with a long name that somebody gave it in a hurry.png', 'image/png', png()),
        upload('voice.wav', 'audio/wav', wav()),
      ])
      await page.locator('form[action="/follow/message"] button').click()
      await picture(page, 'look-follow')
      const files = await page.locator('main .files a').evaluateAll(all => all.map(one => one.getAttribute('href')))
      assert.ok(files.length >= 2)
      await page.locator('main details').evaluateAll(all => all.forEach(one => { one.open = true }))
      await picture(page, 'look-follow-open')
      for (const path of [
        '/follow?d=late', '/follow/answers', '/follow/change/wishes', '/follow/change/consent',
        '/follow/change/confidential', '/follow/change/withdraw', '/check', ...files.slice(0, 2),
      ]) {
        await page.goto(path)
        await picture(page, `look-${path.replaceAll('/', '-').replace(/[0-9a-f]{32}/, files.indexOf(path)).replace(/^-/, '').replace('?d=', '-')}`)
      }
      assert.deepEqual(page.problems, [])
    }
  })

  test('is good for everybody', async t => {
    const page = await open(t, browser, server, { viewport: phone })
    await comeBack(page, server.words[0])
    await isGood(page, 'follow-files')
    const files = await page.locator('main .files a').evaluateAll(all => all.map(one => one.getAttribute('href')))
    await page.goto(files.at(0))
    await isGood(page, 'follow-file-show')
    await keyboardShowsFocus(page)
    await page.goto(files.at(1))
    await isFair(page, 'follow-file-show-other')
    await page.goto('/follow?d=late')
    await isFair(page, 'follow-late')
  })
})
