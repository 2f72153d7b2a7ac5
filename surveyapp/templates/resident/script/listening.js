// Reading aloud: a recording where somebody made one, fetched only now; else the phone's own voice, and only one that
// lives on the phone: others send the text away.

let recording

const voice = () => {
  const tongues = form.dataset.voices.split(' ')
  return window.speechSynthesis && speechSynthesis.getVoices().find(one => one.localService && tongues.includes(one.lang.split(/[-_]/)[0].toLowerCase()))
}
const offer = () => { find('listen').hidden = !at.dataset.clip && !voice() }

function offerReading() {
  if (window.speechSynthesis) speechSynthesis.onvoiceschanged = offer
  find('listen').onclick = () => (recording && !recording.paused) || (window.speechSynthesis && speechSynthesis.speaking) ? stopReading() : read()
}

function read() {
  if (at.dataset.clip) play(at)
  else say(at === start ? document.querySelectorAll('h1, #start p, #start legend') : at.querySelectorAll('h2, label'))
}

// After the recorded words a voice, if there is one, reads the answers; without a connection it reads all of it.
function play(screen) {
  recording = new Audio()
  const kind = recording.canPlayType('audio/ogg; codecs=opus') ? 'opus' : 'm4a'
  recording.src = `${form.getAttribute('action')}/clip/${screen.dataset.clip}.${kind}`
  recording.onended = () => say(screen.querySelectorAll('label'))
  recording.play().catch(problem => { if (problem.name !== 'AbortError') say(screen.querySelectorAll('h2, label')) })
}

function say(parts) {
  if (!voice()) return
  for (const part of parts) {
    const words = new SpeechSynthesisUtterance(part.textContent)
    words.voice = voice()
    words.lang = words.voice.lang
    speechSynthesis.speak(words)
  }
}

function stopReading() {
  if (recording) recording.pause()
  if (window.speechSynthesis) speechSynthesis.cancel()
}
