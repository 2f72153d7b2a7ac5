// The pages a tablet needs without a connection: its own in every language, and what can be listened to.

async function makeReady() {
  await navigator.serviceWorker.register(location.pathname + '/worker.js', { scope: location.pathname })
  const pages = await caches.open(HERE + 'pages')
  const languages = [...document.querySelectorAll('nav a')].map(link => link.search)
  const texts = await Promise.all(['', ...languages].map(language => keepPage(pages, location.pathname + language)))
  await keepRecordings(pages, texts.join())
  await navigator.serviceWorker.ready
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist()
}

// A hotspot's own page is none of ours.
async function keepPage(pages, address) {
  const reply = await fetch(address, { cache: 'no-store', credentials: 'omit' })
  const text = await reply.clone().text()
  if (!reply.ok || !text.includes('id="tablet"')) throw reply.status
  await pages.put(address, reply)
  return text
}

async function keepRecordings(pages, texts) {
  const kind = new Audio().canPlayType('audio/ogg; codecs=opus') ? 'opus' : 'm4a'
  const recordings = new Set([...texts.matchAll(/data-clip="(\w+)"/g)].map(found => `${form.getAttribute('action')}/clip/${found[1]}.${kind}`))
  for (const address of recordings) if (!await pages.match(address)) await pages.add(address)
}
