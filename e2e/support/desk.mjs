// The leads' desk.
import { leadsTo } from './browser.mjs'

export async function typeSignIn(page, { email, pass, code }) {
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=pass]').fill(pass)
  await page.locator('[name=code]').fill(code)
  await page.locator('main form button').first().click()
}

/** Signs in and sees the list. A second time it takes up the same session, for each code is good once. */
export async function signIn(page, person) {
  if (person.cookies) {
    await page.context().addCookies(person.cookies)
    await page.goto('/desk')
    return
  }
  await page.goto('/desk/sign-in')
  const code = await person.codes.next()
  await leadsTo(page, '/desk', () => typeSignIn(page, { ...person, code }))
  person.cookies = await page.context().cookies()
}

/** The references on the list, all its pages. */
export async function references(page) {
  await page.goto('/desk')
  return page.locator('.cases h2').allInnerTexts()
}

export async function openCase(page, number) {
  await page.goto('/desk')
  await leadsTo(page, /^\/desk\/case\/[0-9a-f]+$/, () => page.locator('.cases a', { hasText: number }).click())
}

/** Says that nothing stands in the way, and sees the case. */
export async function declareNoConflict(page) {
  await page.locator('form[action$="/do/begin"] button').click()
  await page.waitForSelector('#account')
}
