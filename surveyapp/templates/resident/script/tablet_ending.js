// For whoever looks after the tablet: what it still holds, what the server couldn't use, and the end of its use.

function offerEnding() {
  find('care-link').onclick = () => showOnly(find('care'))
  find('once-more').onclick = () => {
    for (const key of asideAnswers()) if (keep(key.replace(ASIDE, WAITING), kept(key))) forget(key)
    sendWaiting()
  }
  find('delete-aside').onclick = () => {
    asideAnswers().forEach(forget)
    sendWaiting()
  }
  find('end').onclick = endUse
}

async function endUse() {
  const problem = find('care').querySelector('[role=alert]'), end = find('end')
  problem.textContent = ''
  end.disabled = true
  try {
    if (!rehearses) await sayGoodbye()
    await forgetAll()
    find('care-link').hidden = true
    showOnly(find('ended'))
  } catch (stillInUse) {
    problem.textContent = problem.dataset.text
  }
  end.disabled = false
}

// The server forgets a tablet only if it hears of it; else it would be looked for for ever.
async function sayGoodbye() {
  pause = 1000
  await sendWaiting()
  if (heldAnswers().length) throw 'answers'
  const reply = await post(location.pathname, new URLSearchParams({ name, waiting: 0, ended: 'yes' }))
  if (reply.status !== 404) JSON.parse(reply.text)
}

// The address goes as well: it carries the key.
async function forgetAll() {
  keysOf(HERE).forEach(forget)
  await ready
  if ('caches' in window) await caches.delete(HERE + 'pages')
  const worker = navigator.serviceWorker && await navigator.serviceWorker.getRegistration(location.pathname)
  if (worker) await worker.unregister()
  history.replaceState(null, '', form.getAttribute('action'))
}
