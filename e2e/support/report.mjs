// Filling in the form as people do, and coming back with words.
import assert from 'node:assert/strict'

/** A concern, told in a few minutes. By question: what is chosen or written. */
export const concern = {
  danger: 'no',
  kind: 'concern',
  identity: 'named',
  name: 'Rowan Thistledown',
  about_whom: 'saw',
  your_role: 'co_producer',
  they_know: 'agrees',
  related: 'yes',
  under_18: 'no',
  team_involved: 'none',
  fears_reprisal: 'not_sure',
  what_happened: 'On Thursday somebody shut the door on Clover and laughed. I saw it from the corridor.',
  how_often: 'more_than_once',
  enough: 'send',
}

/** The page of the form that is open: `danger` for /report/danger. */
export function here(page) {
  return new URL(page.url()).pathname.replace(/^\/report\//, '')
}

/** Answers the questions of this page that `answers` has something for. */
export async function fillIn(page, answers) {
  const names = await page.locator('main form [name]').evaluateAll(all => [...new Set(all.map(one => one.name))])
  for (const name of names) {
    for (const value of [answers[name] ?? []].flat()) {
      const option = page.locator(`main input[name="${name}"][value="${value}"]`)
      if (await option.count()) await option.check()
      else await page.locator(`main [name="${name}"]`).fill(value)
    }
  }
}

export const goOn = page => page.locator('main form button.govuk-button:not([name])').first().click()

/** From the start to "check your answers". `look` sees every page. Gives the pages in their order. */
export async function toCheck(page, answers, look = async () => {}) {
  const path = []
  while (here(page) !== 'check') {
    path.push(here(page))
    assert.ok(path.length < 100, `no end of pages: ${path.join(' ')}`)
    await look(page)
    await fillIn(page, answers)
    const before = page.url()
    await goOn(page)
    assert.notEqual(page.url(), before, `${here(page)} was not left: ${await page.locator('.govuk-error-summary').allInnerTexts()}`)
  }
  return path
}

export async function begin(page) {
  await page.goto('/report/start')
  await page.locator('main a.govuk-button').first().click()
}

/** From "check your answers" to the page that says it was sent. Gives the number and the words. */
export async function send(page) {
  await goOn(page)
  assert.equal(here(page), 'sent')
  const number = (await page.locator('main').innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0]
  const words = (await page.locator('main .done strong').innerText()).trim()
  assert.equal(words.split(/\s+/).length, 7)
  return { number, words }
}

/** As people write words down: in capitals, with commas, and with one slip of the pen in the longest. */
export function asWrittenDown(words) {
  const list = words.split(/\s+/)
  const longest = list.reduce((best, word, at) => word.length > list[best].length ? at : best, 0)
  const word = list[longest]
  const middle = Math.floor(word.length / 2)
  list[longest] = word.slice(0, middle) + word[middle] + word.slice(middle)
  return list.join(', ').toUpperCase()
}

export async function comeBack(page, words) {
  await page.goto('/return')
  await page.locator('[name=words]').fill(words)
  await goOn(page)
}
