// What this phone keeps: a draft for 30 minutes, a letter (sent, not yet confirmed) for 7 days. Neither is ever shown.

const MINUTE = 60000, DRAFT_LIVES = 30 * MINUTE, LETTER_LIVES = 7 * 24 * 60 * MINUTE
const DRAFT = 'draft ' + location.pathname.toUpperCase(), LETTER = 'letter '

function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch (storageIsOff) {
    return false
  }
}

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch (storageIsOff) {
    return null
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key)
  } catch (storageIsOff) {}
}

// A draft that would outlive a draft was written while the clock was wrong.
function keptDraft() {
  const draft = kept(DRAFT), left = draft ? draft.until - Date.now() : 0
  if (left > 0 && left <= DRAFT_LIVES) return draft
  forget(DRAFT)
  return null
}

function keptLetters() {
  let keys = []
  try {
    keys = Object.keys(localStorage).filter(key => key.startsWith(LETTER))
  } catch (storageIsOff) {}
  return keys.map(kept).filter(letter => letter && (letter.until > Date.now() || forget(LETTER + letter.receipt)))
}

function newReceipt() {
  const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => symbols[byte & 31]).join('')
}
