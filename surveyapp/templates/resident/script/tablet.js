// A shared tablet: made one by hand, cleared between people, and honest about what it still holds.

let tablet, rehearses, name, screenShown, isShut = false
let ready // once its pages are kept

addEventListener('DOMContentLoaded', () => {
  tablet = find('tablet')
  rehearses = 'rehearses' in tablet.dataset
  name = kept(HERE + 'name')
  find('use').onclick = useThisDevice
  find('no').onclick = noResident
  find('another').onclick = find('over').onclick = startAfresh
  for (const button of document.querySelectorAll('.afresh')) button.onclick = startAfresh
  find('about-link').onclick = event => {
    event.preventDefault()
    showOnly(find('about'))
  }
  find('leave-about').onclick = () => showOnly(form)
  find('show-receipt').onclick = () => {
    find('show-receipt').hidden = true
    find('receipt-card').hidden = false
    find('receipt-card').focus()
  }
  find('again').onclick = () => {
    if (rehearses) return
    pause = 1000
    sendWaiting()
  }
  find('delete').onclick = () => {
    giveUp(waitingAnswers())
    sendWaiting()
  }
  offerEnding()
  onpageshow = event => { if (event.persisted) startAfresh() }
  showOnly(name ? form : find('setup'))
  if (name) beTablet()
})

// Only a tap makes a device a tablet; until then it keeps nothing.
async function useThisDevice() {
  const problem = find('setup').querySelector('[role=alert]')
  problem.textContent = ''
  try {
    if (!rehearses) await makeReady()
    name = newReceipt()
    if (!keep(HERE + 'name', name)) throw 'no storage'
  } catch (notReady) {
    problem.textContent = problem.dataset.text
    return
  }
  showOnly(form)
  beTablet()
}

function beTablet() {
  find('care-link').hidden = false
  for (const line of document.querySelectorAll('.tablet-name')) line.textContent = line.dataset.text.replace('#', name.slice(0, 4))
  watchIdle()
  sendWaiting()
  if (rehearses) return
  ready = makeReady().catch(() => {}) // what is kept is good enough until there is a connection
  addEventListener('online', sendWaiting)
  setInterval(sendWaiting, 10 * MINUTE)
}

function showOnly(screen) {
  screenShown = screen
  for (const one of [form, ...document.querySelectorAll('.screen')]) one.hidden = one !== screen
  document.querySelector('h1').classList.toggle('unseen', screen !== form)
  scrollTo(0, 0)
  const heading = screen === form ? document.querySelector('h1') : screen.querySelector('h2')
  heading.tabIndex = -1
  heading.focus()
}

function showWaiting() {
  const numbers = { waiting: waitingAnswers().length, aside: asideAnswers().length }
  for (const line of document.querySelectorAll('[data-holds]')) {
    const number = numbers[line.dataset.holds]
    line.textContent = line.dataset.text.replace('#', number)
    line.hidden = !number
  }
  find('set-aside').hidden = !numbers.aside
}

// Nobody is interrupted: that the survey is closed shows when nobody answers.
function showWhetherShut() {
  if (!isShut) return screenShown === find('shut') && startAfresh()
  if (!isAtRest()) return
  const left = waitingAnswers().length, numbers = { counted: kept(COUNTED) || 0, late: left + (kept(LATE) || 0) }
  for (const line of document.querySelectorAll('#shut [data-number]')) line.textContent = line.dataset.text.replace('#', numbers[line.dataset.number])
  find('kept').hidden = !left
  find('gone').hidden = !kept(LATE)
  if (screenShown !== find('shut')) showOnly(find('shut'))
}

function noResident() {
  form.elements.lives_here.value = 'no'
  letWait({ body: new URLSearchParams(new FormData(form)).toString() })
  wipe()
  showOnly(find('elsewhere'))
}

function wipe() {
  clear()
  review.querySelector('ul').textContent = ''
}

// A fresh page rather than a cleared one: whatever a person left, in any language, is gone with theirs.
function startAfresh() {
  wipe()
  find('receipt').textContent = ''
  location.replace(location.pathname)
}
