// Those who read no case: what a facilitator sees, and what each role may see, in plain words.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { desktop, launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isGood } from '../support/checks.mjs'
import { typeSignIn } from '../support/desk.mjs'
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

test('a facilitator begins at what they wrote down, and the pages are good', async t => {
  const page = await open(t, browser, server, { viewport: phone })
  const person = server.people.facilitator
  const code = await person.codes.next()
  await page.goto('/desk/sign-in')
  await leadsTo(page, '/desk/taken-down', () => typeSignIn(page, { ...person, code }))
  await isGood(page, 'taken-down')
  const links = await page.$$eval('.desk-nav a', all => all.map(one => one.getAttribute('href')))
  assert.deepEqual(links, ['/desk/taken-down', '/desk/roles', '/desk/account'])
  await page.locator('main a[href="/desk/take-down"]').click()
  assert.equal(await page.locator('h1').count(), 1)
  await page.goto('/desk/roles')
  await isGood(page, 'roles')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  assert.ok(!wide, 'wider than the screen')
  await page.setViewportSize(desktop)
  await isGood(page, 'roles-wide')
  const missing = (await page.locator('main').innerText()).match(/\[[a-z_-]+\]/g)
  assert.equal(missing, null)
  // No case, and no sign of one.
  assert.equal((await page.goto('/desk')).status(), 403)
  assert.deepEqual(page.elsewhere, [])
})
