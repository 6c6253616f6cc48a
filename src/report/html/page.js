// Filters the page and opens what a link points at. Without it everything can be read all the same.
const form = document.querySelector('form.filter')
const words = form.elements.q
const boxes = [...form.querySelectorAll('input[name=verdict]')]
const scenarios = [...document.querySelectorAll('details.s')].map((element) => ({
  element,
  verdict: element.querySelector('summary > b').textContent,
  text: `${element.textContent} ${element.closest('.req').firstElementChild.textContent} ${element.closest('.chapter').firstElementChild.textContent}`.toLowerCase(),
}))

function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean)
  const verdicts = boxes.filter((box) => box.checked).map((box) => box.value)
  const all = wanted.length === 0 && verdicts.length === 0
  let shown = 0
  for (const { element, verdict, text } of scenarios) {
    const fits = (verdicts.length === 0 || verdicts.includes(verdict)) && wanted.every((word) => text.includes(word))
    element.hidden = !fits
    if (fits) shown += 1
  }
  for (const box of document.querySelectorAll('.req, .chapter')) {
    box.hidden = !all && !box.querySelector('details.s:not([hidden])')
  }
  for (const title of document.querySelectorAll('h4')) {
    const rule = [title]
    let next = title.nextElementSibling
    while (next && !next.matches('h4, .s:not([hidden])')) {
      if (next.matches('.prose')) rule.push(next)
      next = next.nextElementSibling
    }
    for (const part of rule) part.hidden = !next?.matches('.s')
  }
  form.querySelector('output').textContent = all ? '' : `${shown} of ${scenarios.length} scenarios`
  const query = new URLSearchParams([...(words.value ? [['q', words.value]] : []), ...verdicts.map((verdict) => ['verdict', verdict])])
  // Where a page may not say so, as some browsers have it of files, it is filtered all the same.
  try {
    history.replaceState(null, '', `${location.pathname}${query.size > 0 ? `?${query}` : ''}${location.hash}`)
  } catch (error) {
    if (error.name !== 'SecurityError') throw error
  }
}

// What a link names: an element, or the first row of an outline.
function targetOf(hash) {
  let id = hash.slice(1)
  try {
    id = decodeURIComponent(id)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
  }
  return document.getElementById(id) ?? document.getElementById(`${id}#1`)
}

function reveal() {
  const target = targetOf(location.hash)
  if (!target) return
  for (let element = target; element; element = element.parentElement) {
    element.hidden = false
    if (element instanceof HTMLDetailsElement) element.open = true
  }
  target.scrollIntoView()
}

// Only what is wider than the page can be scrolled sideways, and only that is a stop for the keyboard.
function measure(scenario) {
  for (const box of scenario.querySelectorAll('.scroll')) {
    const wide = box.scrollWidth > box.clientWidth
    if (wide) {
      box.tabIndex = 0
      box.setAttribute('role', 'region')
      box.setAttribute('aria-label', `Wider than the page, of ${scenario.id}`)
    } else for (const name of ['tabindex', 'role', 'aria-label']) box.removeAttribute(name)
  }
}
const measureOpen = () => document.querySelectorAll('details.s[open]').forEach(measure)

form.addEventListener('input', filter)
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('click', ({ target }) => {
  if (!(target instanceof HTMLButtonElement)) return
  for (const { element } of scenarios) if (!element.hidden) element.open = target.value === 'open'
})
document.addEventListener('toggle', ({ target }) => target.matches('details.s[open]') && measure(target), true)
addEventListener('resize', measureOpen)
addEventListener('hashchange', reveal)
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return
  event.preventDefault()
  words.focus()
})

const asked = new URLSearchParams(location.search)
words.value = asked.get('q') ?? ''
for (const box of boxes) box.checked = asked.getAll('verdict').includes(box.value)
if (asked.size > 0) filter()
reveal()
measureOpen()
