// Answers wait here under random names until the server has confirmed them. They leave one by one, shuffled.

const REFUSED = [400, 404, 410, 422], UNUSABLE = [400, 422]
const HERE = `tablet ${location.pathname.split('/')[1].toUpperCase()} `, WAITING = HERE + 'waiting ', ASIDE = HERE + 'aside ', COUNTED = HERE + 'counted', LATE = HERE + 'late'
let mine          // what a phone holds on to while it sends; a tablet lets go at once
let sending       // the attempt that is under way
let pause = 1000  // before the next attempt
let nextAttempt

const keysOf = kind => Object.keys(localStorage).filter(key => key.startsWith(kind))
const waitingAnswers = () => keysOf(WAITING)
const asideAnswers = () => keysOf(ASIDE)
const heldAnswers = () => [...waitingAnswers(), ...asideAnswers()]
const tally = (key, more) => keep(key, (kept(key) || 0) + more)

function send() {
  if (!form.querySelector('[name^="i."]:checked, [name^="g."]:checked')) return refuse(tablet.dataset.empty)
  const body = new URLSearchParams(new FormData(form))
  body.set('part', 'main')
  body.set('receipt', receipt)
  body.set('seconds', Math.round((performance.now() - began) / 1000))
  if (!letWait({ receipt, body: body.toString() })) return refuse(tablet.dataset.full)
  find('receipt').textContent = receipt.match(/.{4}/g).join(' ')
  wipe()
  go(waiting)
  root.classList.remove('started')
  rewind()
}

function refuse(why) {
  find('alert').textContent = why
  scrollTo(0, 0)
}

function letWait(letter) {
  const stays = rehearses || keep(WAITING + (letter.receipt || newReceipt()), letter)
  sendWaiting()
  return stays
}

function sendWaiting() {
  showWaiting()
  if (!rehearses && kept(HERE + 'name')) sending = sending || attempt().finally(() => { sending = null })
  return sending
}

async function attempt() {
  clearTimeout(nextAttempt)
  try {
    const state = await report()
    if (state === 'over' || state === 'withdrawn') giveUp(heldAnswers())
    if (state === 'withdrawn') find('shut').querySelector('h2').textContent = find('shut').dataset.withdrawn
    const leaving = shuffled(waitingAnswers())
    for (const key of leaving) await deliver(key)
    if (leaving.length) await report()
    if (state === 'open') forget(LATE)
    isShut = state !== 'open'
    pause = 1000
    find('care').querySelector('[role=alert]').textContent = ''
  } catch (noConnection) {
    nextAttempt = setTimeout(sendWaiting, pause)
    pause = Math.min(2 * pause, MINUTE)
  }
  showWaiting()
  showWhetherShut()
}

// The number it holds is all the server hears of this tablet; it answers whether answers still count.
async function report() {
  const reply = await post(location.pathname, new URLSearchParams({ name, waiting: heldAnswers().length }))
  return reply.status === 404 ? 'closed' : JSON.parse(reply.text).state
}

// Whatever a closed survey refuses stays, in case it opens again; what the server can't use is set aside, for somebody to
// decide. Only a page with the receipt confirms.
async function deliver(key) {
  const letter = kept(key)
  if (!letter) return
  const reply = await post(form.getAttribute('action'), letter.body)
  const page = new DOMParser().parseFromString(reply.text, 'text/html')
  const confirmed = page.querySelector(letter.receipt ? `[data-receipt="${letter.receipt}"]` : '[data-not-resident]')
  if (!confirmed && !(REFUSED.includes(reply.status) && page.querySelector('main'))) throw reply.status
  if (confirmed || !letter.receipt || (UNUSABLE.includes(reply.status) && keep(ASIDE + letter.receipt, letter))) forget(key)
  if (confirmed && letter.receipt) tally(COUNTED, 1)
  showWaiting()
}

function post(to, body) {
  const patience = new AbortController(), tooLong = setTimeout(() => patience.abort(), MINUTE / 3)
  return fetch(to, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
    credentials: 'omit',
    signal: patience.signal
  })
    .then(async reply => ({ status: reply.status, text: await reply.text() }))
    .finally(() => clearTimeout(tooLong))
}

function giveUp(left) {
  tally(LATE, left.length)
  left.forEach(forget)
}

function shuffled(keys) {
  const places = crypto.getRandomValues(new Uint32Array(keys.length))
  return keys.map((key, number) => [places[number], key]).sort((one, other) => one[0] - other[0]).map(pair => pair[1])
}
