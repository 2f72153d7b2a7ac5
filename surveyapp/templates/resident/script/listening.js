// Reading aloud with the phone's own voice, and only with one that lives on the phone: others send the text away.

const voice = () => {
  const tongues = form.dataset.voices.split(' ')
  return speechSynthesis.getVoices().find(one => one.localService && tongues.includes(one.lang.split(/[-_]/)[0].toLowerCase()))
}

function offerReading() {
  if (!window.speechSynthesis) return
  const offer = () => { find('listen').hidden = !voice() }
  speechSynthesis.onvoiceschanged = offer
  offer()
  find('listen').onclick = () => speechSynthesis.speaking ? stopReading() : read()
}

function read() {
  for (const part of at === start ? document.querySelectorAll('h1, #start p, #start legend') : at.querySelectorAll('h2, label')) {
    const words = new SpeechSynthesisUtterance(part.textContent)
    words.voice = voice()
    words.lang = words.voice.lang
    speechSynthesis.speak(words)
  }
}

function stopReading() {
  if (window.speechSynthesis) speechSynthesis.cancel()
}
