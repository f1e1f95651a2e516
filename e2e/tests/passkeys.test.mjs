// Passkeys with Chromium's own authenticator: added, used in place of a code, copied, and removed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, leadsTo, open, phone } from '../support/browser.mjs'
import { isGood, keyboardShowsFocus } from '../support/checks.mjs'
import { signIn } from '../support/desk.mjs'
import { databases, startServer } from '../support/server.mjs'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

/** An authenticator that asks nobody: `made` are credentials that it begins with. */
async function authenticator(page, made = []) {
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    },
  })
  for (const credential of made) await device.send('WebAuthn.addCredential', { authenticatorId, credential })
  return {
    credentials: async () => (await device.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    verifies: isUserVerified => device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  }
}

async function add(page, name) {
  await page.goto('/desk/account/passkeys')
  await page.locator('[name=label]').fill(name)
  await page.locator('main form[action$="/passkeys"] button').click()
  await page.locator('form[data-ask]').waitFor()
}

/** Types the pass phrase, and presses the button for a passkey. */
async function begin(page, { email, pass }) {
  await page.goto('/desk/sign-in')
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=pass]').fill(pass)
  await page.locator('button[name=way]').click()
  await page.locator('form[data-ask]').waitFor()
}

async function signOut(page) {
  await page.goto('/desk')
  await leadsTo(page, '/desk/sign-in', () => page.locator('form[action="/desk/sign-out"] button').click())
}

const press = page => page.locator('form[data-ask] button').click()

for (const database of databases) {
  test(`a passkey is added, signs in, and is removed (${database})`, async t => {
    const server = await startServer({ database, host: 'localhost' })
    t.after(() => server.stop())
    const lead = server.people['designated lead']
    const page = await open(t, browser, server, { viewport: phone })
    const device = await authenticator(page)
    await signIn(page, lead)
    await page.goto('/desk/account/passkeys')
    if (database === 'sqlite') await isGood(page, 'passkeys-none')
    await add(page, 'My phone')
    if (database === 'sqlite') await isGood(page, 'passkey-add')
    // Somebody thinks better of it, or their finger is wet: the page says so, and they can try again.
    assert.equal(await page.locator('[data-fault=other]').isVisible(), false)
    await device.verifies(false)
    await press(page)
    await page.locator('[data-fault=other]').waitFor({ state: 'visible' })
    await device.verifies(true)
    await press(page)
    await page.locator('.card', { hasText: 'My phone' }).waitFor()
    assert.equal((await device.credentials()).length, 1)
    // The same device again: the browser knows.
    await add(page, 'Twice')
    await press(page)
    await page.locator('[data-fault=known]').waitFor({ state: 'visible' })
    assert.equal(await page.locator('[data-fault=other]').isVisible(), false)

    await signOut(page)
    if (database === 'sqlite') {
      await isGood(page, 'sign-in-passkey')
      await keyboardShowsFocus(page)
    }
    await begin(page, lead)
    if (database === 'sqlite') {
      await isGood(page, 'passkey-ask')
      await keyboardShowsFocus(page)
    }
    await leadsTo(page, '/desk', () => press(page))

    // A copy of it, with the counter as it was before the next two times.
    const before = await device.credentials()
    for (const _ of [1, 2]) {
      await signOut(page)
      await begin(page, lead)
      await leadsTo(page, '/desk', () => press(page))
    }
    const thief = await open(t, browser, server)
    await authenticator(thief, before)
    await begin(thief, lead)
    await leadsTo(thief, '/desk/sign-in/passkey', () => press(thief))
    assert.match(await thief.locator('main').innerText(), /That passkey did not sign you in/)
    await thief.goto('/desk')
    assert.equal(new URL(thief.url()).pathname, '/desk/sign-in')
    await page.goto('/desk/account/passkeys')
    assert.match(await page.locator('main').innerText(), /counted backwards/)
    if (database === 'sqlite') await isGood(page, 'passkeys-shut')
    await page.locator('form[action$="/remove"] button').first().click()
    assert.match(await page.locator('main').innerText(), /You have no passkeys yet/)
    assert.deepEqual(page.problems, [])

    // Codes work as before.
    lead.cookies = undefined
    await signOut(page)
    await signIn(page, lead)
  })
}

test('at an address where there are no passkeys the page says so, and none is offered', async t => {
  const server = await startServer()
  t.after(() => server.stop())
  const page = await open(t, browser, server)
  await authenticator(page)
  await page.goto('/desk/sign-in')
  assert.equal(await page.locator('button[name=way]').count(), 0)
  await signIn(page, server.people['designated lead'])
  await page.goto('/desk/account/passkeys')
  assert.match(await page.locator('main').innerText(), /Passkeys don’t work at the address of this site, http:\/\/127/)
  await isGood(page, 'passkeys-nowhere')
})

test('reached by another address than the public one, or without script, it offers codes alone', async t => {
  const server = await startServer({ host: 'localhost' })
  t.after(() => server.stop())
  const elsewhere = { ...server, address: server.address.replace('localhost', '127.0.0.1') }
  const page = await open(t, browser, elsewhere)
  await page.goto('/desk/sign-in')
  assert.equal(await page.locator('button[name=way]').isVisible(), false)
  const plain = await open(t, browser, server, { script: false })
  await plain.goto('/desk/sign-in')
  assert.equal(await plain.locator('button[name=way]').isVisible(), false)
  await signIn(plain, server.people['designated lead'])
  await plain.goto('/desk/account/passkeys')
  await plain.locator('main form[action$="/passkeys"] button').click()
  assert.match(await plain.locator('main').innerText(), /does not offer passkeys here/)
  assert.equal(await plain.locator('form[data-ask]').isVisible(), false)
})
