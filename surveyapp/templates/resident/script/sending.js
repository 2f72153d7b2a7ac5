// Sending until the server has confirmed. The receipt makes every repetition the same single response.

const REFUSED = [400, 404, 410, 422]
let mine // the letter that was sent from this page, as long as its answers are still in the form

function send() {
  if (!isMine()) return
  const body = new URLSearchParams(new FormData(form))
  body.set('part', 'main')
  body.set('receipt', receipt)
  body.set('seconds', Math.round((performance.now() - began) / 1000))
  mine = { until: Date.now() + LETTER_LIVES, to: form.getAttribute('action'), receipt, body: body.toString() }
  keep(LETTER + receipt, mine)
  forget(DRAFT)
  receipt = ''
  go(waiting)
  rewind()
  deliver(mine)
}

function deliver(letter, pause = 1000) {
  const giveUp = new AbortController(), tooLong = setTimeout(() => giveUp.abort(), MINUTE / 3)
  fetch(letter.to, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: letter.body,
    credentials: 'omit',
    signal: giveUp.signal
  })
    .then(reply => reply.text().then(text => settle(letter, reply.status, mainOf(text))))
    .catch(() => tryAgain(letter, pause))
    .then(() => clearTimeout(tooLong))
}

function tryAgain(letter, pause) {
  if (waiting) waiting.querySelector('p').hidden = false
  const retry = () => {
    clearTimeout(timer)
    removeEventListener('online', retry)
    deliver(letter, Math.min(2 * pause, MINUTE))
  }
  const timer = setTimeout(retry, pause)
  addEventListener('online', retry)
}

function mainOf(text) {
  return new DOMParser().parseFromString(text.slice(text.indexOf('<main')), 'text/html')
}

// Only a page that carries the receipt confirms: a hotspot's own page would not.
function settle(letter, status, page) {
  const confirmed = page.querySelector(`[data-receipt="${letter.receipt}"]`)
  if (!confirmed && !(REFUSED.includes(status) && page.querySelector('main'))) throw status
  forget(LETTER + letter.receipt)
  if (status === 400 || status === 422) refuse(letter, page)
  else if (!form || at === waiting) finish(page)
  else if (!confirmed) find('alert').textContent = find('alert').dataset.lost
}

// The answers are still in the form: they are looked at once more and sent with a fresh page token.
function refuse(letter, page) {
  if (letter !== mine) {
    go(start)
    find('alert').textContent = find('alert').dataset.lost
    return
  }
  const token = page.querySelector('[name=page]')
  if (token) form.elements.page.value = token.value
  receipt = letter.receipt
  go(review)
  find('alert').textContent = page.querySelector('[role=alert]').textContent
}

function finish(page) {
  const survey = document.querySelector('main'), done = page.querySelector('main'), heading = done.querySelector('h1')
  survey.replaceWith(done)
  document.title = heading.textContent
  heading.tabIndex = -1
  heading.focus()
  const another = done.querySelector('#another')
  if (form && another) another.onclick = event => {
    event.preventDefault()
    done.replaceWith(survey)
    startClean()
  }
}
