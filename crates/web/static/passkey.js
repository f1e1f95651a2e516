// Asks the browser for a passkey, at the one address where it can give one. Without this script a code works as ever.
(() => {
  const place = document.querySelector('[data-passkey]')
  if (!place || !window.PublicKeyCredential || location.origin !== place.dataset.passkey) return
  const show = (marks, shown) => document.querySelectorAll(marks).forEach((one) => { one.hidden = !shown })
  show('[data-passkey]', true)
  show('[data-without]', false)
  if (!place.dataset.ask) return

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0))
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
  const read = (credentials) => (credentials || []).map((one) => ({ ...one, id: bytes(one.id) }))
  const ask = () => {
    const { publicKey } = JSON.parse(place.dataset.ask)
    publicKey.challenge = bytes(publicKey.challenge)
    if (!publicKey.user) {
      publicKey.allowCredentials = read(publicKey.allowCredentials)
      return navigator.credentials.get({ publicKey })
    }
    publicKey.user.id = bytes(publicKey.user.id)
    publicKey.excludeCredentials = read(publicKey.excludeCredentials)
    return navigator.credentials.create({ publicKey })
  }
  const button = place.querySelector('button')

  place.addEventListener('submit', async (event) => {
    event.preventDefault()
    show('[data-fault]', false)
    button.disabled = true
    try {
      const { id, rawId, type, response } = await ask()
      const given = {}
      for (const name of ['attestationObject', 'authenticatorData', 'clientDataJSON', 'signature', 'userHandle']) {
        if (response[name]) given[name] = text(response[name])
      }
      place.elements.pass_answer.value = JSON.stringify({ id, rawId: text(rawId), type, response: given, extensions: {} })
      place.submit()
    } catch (error) {
      button.disabled = false
      show(error.name === 'InvalidStateError' ? '[data-fault=known]' : '[data-fault=other]', true)
    }
  })
})()
