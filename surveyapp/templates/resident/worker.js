// Serves the tablet's pages from where the tablet keeps them, connection or not. It sees nothing that is answered.

addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil(clients.claim()))
addEventListener('fetch', event => {
  const request = event.request
  if (request.mode !== 'navigate' && request.destination !== 'audio') return
  event.respondWith(caches.match(request, { ignoreVary: true }).then(page => page || fetch(request)))
})
