// Copies of a case file: what is left out is picked without script, a second person looks, and the copy is saved.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isFair, isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { openCase, signIn } from '../support/desk.mjs'
import { comeBack, goOn } from '../support/report.mjs'
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

const EXPORT = /^\/desk\/case\/[0-9a-f]+\/export$/
const LAYER = /^\/desk\/case\/[0-9a-f]+\/export\/layer\/[0-9a-f]+$/
const COPY = /^\/desk\/case\/[0-9a-f]+\/export\/copy\/[0-9a-f]+$/

async function numberOf(t, words) {
  const person = await open(t, browser, server, { viewport: phone })
  await comeBack(person, words)
  return (await person.locator('h1').innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0]
}

/** Saves what a button gives. */
async function saved(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), goOn(page)])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

test('a passage is left out of a copy by two, without script, and is in neither document', async t => {
  const number = await numberOf(t, server.words[1])
  const lead = await open(t, browser, server, { script: false, acceptDownloads: true })
  await signIn(lead, server.people['designated lead'])
  await openCase(lead, number)
  const address = new URL(lead.url()).pathname
  // The same person in a browser with script, for the checks that need it.
  const seen = await open(t, browser, server)
  await signIn(seen, server.people['designated lead'])
  const look = async (check, name) => {
    await seen.goto(new URL(lead.url()).pathname)
    await check(seen, name)
  }
  await leadsTo(lead, EXPORT, () => lead.locator('a[href$="/export"]').first().click())
  await look(isGood, 'desk-export')

  await lead.locator('a[href$="/export/layer"]').click()
  await look(isFair, 'desk-export-layer')
  await goOn(lead)
  assert.match(await lead.locator('.govuk-error-summary').innerText(), /Choose the ground/)
  // The first sentence of the account, with the words of its entry one by one.
  const entry = lead.locator('details', { has: lead.locator('input[name=pick]') }).first()
  const id = await entry.getAttribute('id')
  await entry.locator('summary').click()
  await entry.locator('button[name=do]').click()
  const word = lead.locator(`#${id} input[name=pick]`).first()
  const [, label] = [await word.check(), await lead.locator(`#${id} label`).nth(1).innerText()]
  assert.doesNotMatch(label, /\s/, 'one word')
  await lead.locator('[name=name]').fill('For the university')
  await lead.locator('[name=ground][value=third_party]').check()
  await lead.locator('[name=why]').fill('They did not agree.')
  await lead.locator('[name=phrase]').first().fill('Marisol')
  await lead.locator('[name=instead]').first().fill('Person 1')
  await leadsTo(lead, LAYER, () => goOn(lead))
  assert.match(await lead.locator('main').innerText(), /\[Person 1\]/)
  assert.equal(await lead.locator('[name=answer]').count(), 0, 'nobody looks twice')
  const layer = new URL(lead.url()).pathname

  await lead.goto(`${address}/share`)
  const alternate = lead.locator('label', { hasText: 'Tunde' })
  if (await alternate.count()) {
    await alternate.first().click()
    await lead.locator('[name=why]').fill('A second look.')
    await leadsTo(lead, address, () => goOn(lead))
  }
  const second = await open(t, browser, server)
  await signIn(second, server.people['alternate lead'])
  await second.goto(layer)
  await isGood(second, 'desk-export-check')
  await keyboardShowsFocus(second)
  await second.locator('[name=answer][value=agree]').check()
  await leadsTo(second, EXPORT, () => goOn(second))
  assert.match(await second.locator('#layers ~ ul').first().innerText(), /Agreed/)

  await lead.goto(`${address}/export`)
  await lead.locator('[name=purpose]').fill('For the university, as agreed')
  await lead.locator('[name=layer]').check()
  await leadsTo(lead, COPY, () => goOn(lead))
  await look(isFair, 'desk-export-copy')
  await lead.locator('[name=document][value=archive]').check()
  const archive = await saved(lead)
  assert.equal(archive.name, `${number}.json`)
  const { document, signature } = JSON.parse(archive.bytes)
  assert.match(signature, /^[0-9a-f]{128}$/)
  assert.equal(document.parts[0].id, 'wishes')
  assert.doesNotMatch(archive.bytes.toString(), /Marisol/)
  await lead.locator('[name=document][value=pdf]').check()
  const pdf = await saved(lead)
  assert.equal(pdf.name, `${number}.pdf`)
  assert.equal(pdf.bytes.subarray(0, 5).toString(), '%PDF-')
  assert.deepEqual(lead.problems.filter(problem => !/422/.test(problem)), [])
})
