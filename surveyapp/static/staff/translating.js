// While a text is typed, the phone beside it shows it as residents will read it, and its length is counted.

const written = document.getElementById('text') ?? document.querySelector('[data-clause]')
const partner = document.getElementById('partner')
const shown = document.querySelector('[data-typed]')
const length = document.getElementById('text-length')

function show() {
  const slots = { ...JSON.parse(shown.dataset.slots || '{}') }
  const pattern = shown.dataset.pattern
  if (pattern) slots.initiative = written.value || '___'
  if (partner) slots.partner = partner.value || '___'
  shown.textContent = (pattern || written.value).replace(/\{(\w+)\}/g, (slot, name) => slots[name] ?? slot)
}

function count() {
  const characters = [...written.value.trim()].length
  length.textContent = length.dataset.text.replace('#', characters)
  length.classList.toggle('field-error', characters > Number(length.dataset.most))
}

if (written && shown) {
  written.addEventListener('input', show)
  partner?.addEventListener('input', show)
  if ([written, partner].some(field => field && field.value !== field.defaultValue)) show() // typed before this script came
}

if (written && length) {
  written.addEventListener('input', count)
  count()
}
