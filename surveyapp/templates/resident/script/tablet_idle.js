// Whoever walks away leaves nothing behind: after a minute the page asks, half a minute later it is cleared.

const ASKS_AFTER = 60, CLEARS_AFTER = 90
let touchedAt

function watchIdle() {
  const touch = () => { if (!find('idle').open) touchedAt = Date.now() }
  touch()
  for (const kind of ['pointerdown', 'keydown', 'input', 'scroll']) addEventListener(kind, touch, { capture: true, passive: true })
  find('idle').onclose = touch
  find('here').onclick = () => { find('idle').close(); touch() }
  setInterval(lookAround, 1000)
}

function lookAround() {
  const idle = Math.round((Date.now() - touchedAt) / 1000)
  if (isAtRest() || idle < 0) touchedAt = Date.now()
  else if (idle >= CLEARS_AFTER) startAfresh()
  else if (idle >= ASKS_AFTER) ask(CLEARS_AFTER - idle)
}

// Nothing on the screen is anybody's: the start in the survey's own language, or the news that it is closed or ended.
const isAtRest = () => screenShown === find('ended') || (root.lang === tablet.dataset.language && (screenShown === find('shut') || (screenShown === form && at === start && !receipt)))

function ask(seconds) {
  const dialog = find('idle'), countdown = dialog.querySelector('p')
  countdown.textContent = countdown.dataset.text.replace('#', seconds)
  if (!dialog.open) dialog.showModal()
}
