// One statement a screen, made out of the page that works without this script.

const root = document.documentElement
const find = id => document.getElementById(id)
let form, start, steps, review, resume, waiting
let path         // the start, every step and the review, in order
let at           // the screen that shows
let shownAt      // since when, on the page's own clock
let receipt = '' // of the answers in the form; empty while nobody has begun
let began        // when, on the page's own clock, less what an earlier page had used already
let until        // when the draft ends
let onPhone      // whether the phone keeps the draft
let advance      // the timer of the gentle step forward

const chosen = field => (form.elements[field] || {}).value
const asks = (screen, field) => !!screen.querySelector(`[name="${field}"]`)
const isAsked = step => !step.dataset.if || chosen(step.dataset.if) === 'yes'
const depth = () => (history.state || {}).depth || 0

function neighbour(direction) {
  let place = path.indexOf(at)
  do place += direction
  while (!isAsked(path[place]))
  return path[place]
}

function show(screen) {
  clearTimeout(advance)
  stopReading()
  at = screen
  offer()
  shownAt = performance.now()
  for (const part of [...path, resume, waiting]) part.hidden = part !== at
  const isStep = steps.includes(at)
  find('moves').hidden = !isStep && at !== review
  find('next').textContent = find('next').dataset[at === review ? 'send' : 'next']
  document.querySelector('details').open = at === start
  root.classList.toggle('started', at !== start)
  document.querySelector('h1').classList.toggle('unseen', at !== start)
  showProgress(isStep)
  if (at === review) listAnswers()
  if (receipt) save()
}

// A statement about an initiative counts until the question before it was passed without a yes.
function showProgress(isStep) {
  const isToCome = step => path.indexOf(step) > path.indexOf(at) && path.findIndex(other => asks(other, step.dataset.if)) >= path.indexOf(at)
  const counted = steps.filter(step => isAsked(step) || isToCome(step))
  const number = counted.indexOf(at) + 1, bar = form.querySelector('progress'), count = find('count')
  bar.hidden = count.hidden = !isStep
  bar.max = counted.length
  bar.value = number
  count.textContent = count.dataset.text.replace('##', counted.length).replace('#', number)
}

// With the focus on its heading a screen reader reads the statement, and that a group of answers follows.
function go(screen) {
  find('alert').textContent = ''
  show(screen)
  scrollTo(0, 0)
  const heading = at.querySelector('h2') || document.querySelector('h1')
  heading.tabIndex = -1
  heading.focus()
}

function forward(screen) {
  history.pushState({ place: path.indexOf(screen), depth: depth() + 1 }, '')
  go(screen)
}

function next() {
  if (isMine()) forward(neighbour(1))
}

function back() {
  if (depth()) history.back()
  else go(neighbour(-1))
}

function begin(draft) {
  clear()
  receipt = draft.receipt || newReceipt()
  began = performance.now() - (draft.used || 0)
  form.elements.lives_here.value = 'yes'
  fill(draft)
}

function clear() {
  for (const answer of form.querySelectorAll('[type=radio]')) answer.checked = false
  receipt = ''
  mine = null
}

function fill(draft) {
  for (const [name, code] of draft.given || []) if (form.elements[name]) form.elements[name].value = code
}

function save() {
  until = Date.now() + DRAFT_LIVES
  const given = [...new FormData(form)].filter(([name]) => /^[igb]\./.test(name))
  onPhone = keep(DRAFT, { until, receipt, used: performance.now() - began, place: path.indexOf(at), given })
}

// Another tab may have sent this draft or started over; after a pause the draft may be too old. Then this tab starts clean.
function isMine(afterPause) {
  if (!receipt) return true
  const draft = afterPause ? keptDraft() : kept(DRAFT)
  if (draft ? draft.receipt !== receipt : onPhone || (afterPause && Date.now() > until)) startClean()
  else if (draft) fill(draft)
  return !!receipt
}

function startClean() {
  clear()
  rewind()
  go(start)
}

// Going back from the end leaves the survey rather than walking through its steps.
function rewind() {
  if (depth()) history.go(-depth())
}
