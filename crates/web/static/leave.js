// Leaves the page at once, by the link or by three presses of Shift. Without this script the link still works.
(() => {
  const link = document.querySelector('.leave a')
  if (!link) return
  const [say, hint] = document.querySelectorAll('.leave span, .leave small')
  const words = link.dataset.say.split('|')
  const root = document.documentElement
  const first = hint.textContent
  let presses = 0
  let alone = false
  let timer

  const tell = (text) => {
    say.textContent = text
    hint.textContent = text || first
  }
  const leave = (event) => {
    if (event) event.preventDefault()
    root.classList.add('gone')
    document.title = '\u2026'
    // The cookie goes with this; the page that follows does not wait for it.
    fetch(link.href, { method: 'POST', keepalive: true }).catch(() => {})
    location.replace(link.dataset.to)
  }
  const forget = () => {
    if (presses) tell(words[3])
    presses = 0
  }

  hint.hidden = false
  link.addEventListener('click', leave)
  addEventListener('keydown', (event) => {
    // Shift with a letter is typing, not leaving.
    alone = event.key === 'Shift'
    if (!alone && presses) forget()
  })
  addEventListener('keyup', (event) => {
    if (event.key !== 'Shift' || !alone) return
    clearTimeout(timer)
    timer = setTimeout(forget, 5000)
    presses += 1
    tell(words[presses - 1])
    if (presses > 2) leave()
  })
  // Coming back by the back button must not show an empty page.
  addEventListener('pageshow', () => root.classList.remove('gone'))
})()
