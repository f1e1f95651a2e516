// Takes the pictures of docs/handbook from the demonstration: `node handbook.mjs`. Everything in them is invented.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { launch } from './support/browser.mjs'
import { declareNoConflict, openCase, signIn } from './support/desk.mjs'
import { comeBack } from './support/report.mjs'
import { startServer } from './support/server.mjs'

const pictures = fileURLToPath(new URL('../docs/handbook/pictures/', import.meta.url))
mkdirSync(pictures, { recursive: true })

const server = await startServer()
const browser = await launch()

async function open() {
  const context = await browser.newContext({ viewport: { width: 760, height: 900 }, baseURL: server.address, bypassCSP: true })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

/** A picture of an element, up to a height; with `below`, of it and so much under it. */
async function take(page, name, { from = 'main', height = 900, below } = {}) {
  const place = page.locator(from).first()
  await place.scrollIntoViewIfNeeded()
  const box = await place.boundingBox()
  const top = await page.evaluate(() => window.scrollY)
  await page.addStyleTag({ content: '.leave { display: none !important }' })
  await page.screenshot({
    path: `${pictures}${name}.jpg`, type: 'jpeg', quality: 72, fullPage: true,
    clip: { x: 0, y: Math.max(box.y + top - 12, 0), width: 760, height: below ?? Math.min(height, box.height + 24) },
  })
}

/** The number of the case that these words open. */
async function numberOf(words) {
  const person = await open()
  await comeBack(person, words)
  const number = (await person.locator('h1').innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0]
  await take(person, 'what-the-person-sees')
  return number
}

const unopened = await numberOf(server.words[0])
const spoken = await numberOf(server.words[1])

const lead = await open()
await lead.goto('/desk/sign-in')
await take(lead, 'sign-in')
await signIn(lead, server.people['designated lead'])
await take(lead, 'cases', { height: 1100 })

await openCase(lead, unopened)
await take(lead, 'before-you-open')
await declareNoConflict(lead)
await take(lead, 'what-the-person-wants', { height: 1200 })
await lead.locator('a[href$="/record/first_look"]').first().click()
await take(lead, 'first-look', { height: 1000 })

await openCase(lead, spoken)
const here = new URL(lead.url()).pathname
await take(lead, 'what-you-can-do', { from: '#actions', below: 1100 })

for (const [path, name, height] of [
  ['/record', 'the-record', 1100], ['/record/decision', 'a-decision', 1100], ['/record/task', 'an-action', 900],
  ['/duties', 'others-outside', 1100], ['/pattern', 'patterns', 900], ['/do/plan', 'a-plan', 900],
  ['/export', 'a-copy', 900], ['/keep', 'keeping', 800],
]) {
  await lead.goto(here + path)
  await take(lead, name, { height })
}
for (const [path, name, height] of [
  ['/desk/search', 'search', 700], ['/desk/take-down', 'take-down', 900], ['/desk/load', 'looking-after-yourselves', 900],
  ['/desk/team', 'the-team', 900], ['/desk/account', 'your-account', 900],
]) {
  await lead.goto(path)
  await take(lead, name, { height })
}

await browser.close()
await server.stop()
