// Where everything begins: what waits on this phone is sent first, then a draft is offered, then the start shows.

root.classList.add('js')
addEventListener('DOMContentLoaded', () => {
  form = document.querySelector('form[action]')
  const letters = keptLetters()
  if (form) setUp(letters.length)
  else forget(DRAFT)
  letters.forEach(letter => deliver(letter))
})

function setUp(lettersWait) {
  [start, review, resume, waiting] = ['start', 'review', 'resume', 'waiting'].map(find)
  steps = [...form.querySelectorAll('.step')]
  path = [start, ...steps, review]
  listenToTaps()
  offerReading()
  const draft = keptDraft()
  if (lettersWait) show(waiting)
  else if (draft && location.hash) carryOn(draft)
  else show(draft ? resume : start)
  history.replaceState(history.state, '', location.pathname + location.search)
  root.classList.add('ready')
}

function carryOn(draft) {
  begin(draft)
  go(path[draft.place] || start)
}

function listenToTaps() {
  let byHand = false
  form.addEventListener('pointerdown', () => { byHand = true })
  form.addEventListener('keydown', () => { byHand = false })
  form.addEventListener('click', event => {
    if (event.target.type !== 'radio' || !steps.includes(at)) return
    if (byHand && performance.now() - shownAt < 300) return event.preventDefault() // the second tap of two
    clearTimeout(advance)
    if (byHand) advance = setTimeout(next, 350)
  })
  form.addEventListener('change', () => { if (receipt) save() })
  form.addEventListener('submit', event => {
    event.preventDefault()
    if (at === review) send()
    else next()
  })
  find('begin').onclick = () => {
    if (keptDraft()) return go(resume)
    begin({})
    forward(path[1])
  }
  find('no').onclick = () => {
    form.elements.lives_here.value = 'no'
    form.submit()
  }
  find('continue').onclick = () => carryOn(keptDraft() || {})
  find('over').onclick = () => {
    forget(DRAFT)
    startClean()
  }
  find('another').onclick = startClean
  find('back').onclick = back
  document.querySelector('nav').onclick = event => {
    if (event.target.href && receipt) event.target.href += '#continue'
  }
  onpopstate = event => { if (form.isConnected && at !== waiting) go(receipt && path[(event.state || {}).place] || start) }
  onpageshow = event => { if (event.persisted) form.isConnected ? isMine(true) : location.reload() }
  onstorage = () => isMine()
  document.onvisibilitychange = () => { if (!document.hidden) isMine(true) }
}
