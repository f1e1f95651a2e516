// Every sentence comes from the language files, and the pages work from right to left.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open, phone, picture } from '../support/browser.mjs'
import { fitsWidth } from '../support/checks.mjs'
import { declareNoConflict, signIn } from '../support/desk.mjs'
import { begin, comeBack, concern, here, send, toCheck } from '../support/report.mjs'
import { startServer } from '../support/server.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser?.close())

/** Goes past the main pages, and has each looked at. */
async function tour(t, server, look) {
  const page = await open(t, browser, server, { viewport: phone })
  for (const path of ['/', '/ask', '/help', '/run', '/listening', '/categories', '/privacy', '/accessibility', '/return', '/check', '/paper', '/paper/2', '/paper/short', '/paper/easy', '/desk/sign-in', '/report/start', '/nowhere']) {
    await page.goto(path)
    await look(page)
  }
  await comeBack(page, 'no words')
  await look(page)
  await begin(page)
  await toCheck(page, { ...concern, enough: 'more' }, look)
  await look(page)
  await page.goto('/report/words')
  await look(page)
  await page.goto('/report/check')
  await send(page)
  await look(page)
  await page.goto('/follow')
  await look(page)
  const lead = await open(t, browser, server, { viewport: phone })
  await signIn(lead, server.people['designated lead'])
  await look(lead)
  await lead.locator('.cases a').first().click()
  if (await lead.locator('form[action$="/do/begin"]').count()) {
    await look(lead)
    await declareNoConflict(lead)
  }
  await look(lead)
  const actions = await lead.locator('.actions a').evaluateAll(all => all.map(one => one.getAttribute('href')))
  for (const path of [...actions, '/desk/mail', '/desk/team', '/desk/team/invite', '/desk/account', '/desk/organisation', '/desk/statement']) {
    await lead.goto(path)
    await look(lead)
  }
}

/** Visible texts with a letter outside ⟦…⟧. What organisations and people write themselves is marked or known. */
function untranslated(page) {
  return page.evaluate(() => {
    const own = '.site-name, .lead strong, .own, .secret, pre, textarea, [translate=no], a[href^="mailto:"], body [dir=ltr], .contact, .offers, select'
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    let inside = 0
    while (walker.nextNode()) {
      const { textContent: text, parentElement: parent } = walker.currentNode
      let bare = ''
      for (const letter of text) {
        if (letter === '⟦') inside += 1
        else if (letter === '⟧') inside -= 1
        else if (inside === 0) bare += letter
      }
      if (/\p{L}{3}/u.test(bare) && !parent.closest(own) && !parent.closest('script, style')) found.push(bare.trim())
    }
    return found
  })
}

test('every sentence is in the language files', async t => {
  const server = await startServer({ args: ['--language', 'en-XA'] })
  t.after(() => server.stop())
  const written = /riverbank|marisol|penhale|tunde|ashgrove|imelda|quillfeather|bo lanternfield|juno applegarth|@|https?:|rowan|wren|oakbarrow|clover|juniper|monday|tuesday|exampleton|\((she|he|they)\/|^[0-9A-Z]{4}-[0-9A-Z]{4}$|999bsl/i
  const bare = new Map()
  await tour(t, server, async page => {
    for (const text of await untranslated(page)) if (!written.test(text)) bare.set(text, new URL(page.url()).pathname)
  })
  assert.deepEqual([...bare].map(([text, path]) => `${path}: ${text}`), [])
})

test('the pages run from right to left', async t => {
  const server = await startServer({ args: ['--language', 'ar-XB'] })
  t.after(() => server.stop())
  await tour(t, server, async page => {
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
    await page.setViewportSize({ width: 320, height: 640 })
    await fitsWidth(page, 'from right to left')
    const name = new URL(page.url()).pathname.replace(/[0-9a-f]{32}/, '').replace(/\W+/g, '-')
    if (/^-(ask|report-start|report-1|report-check|desk)?$/.test(name)) await picture(page, `rtl${name}`)
  })
})
