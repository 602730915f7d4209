// What a script adds to pages that work without one: fresh figures, folding all of a thread, and keys.
const refreshMilliseconds = 30_000

/** Puts new figures in place while somebody only looks: never under a hand, and never over an opened table. */
async function refresh() {
  const held = document.querySelector('[data-refresh]')
  const isInUse =
    held === null ||
    document.hidden ||
    held.contains(document.activeElement) ||
    held.querySelector('details[open]') !== null
  if (isInUse) return
  const response = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!response.ok) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  const [figures, footer] = [fresh.querySelector('[data-refresh]'), fresh.querySelector('footer')]
  if (figures === null || footer === null) return
  held.replaceWith(document.adoptNode(figures))
  document.querySelector('footer')?.replaceWith(document.adoptNode(footer))
}

if (document.querySelector('[data-refresh]') !== null) {
  setInterval(() => {
    refresh().catch(() => document.querySelector('footer')?.setAttribute('data-stale', ''))
  }, refreshMilliseconds)
}

const thread = document.querySelector('.thread')
if (thread?.querySelector('details.replies')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'fold'
  let isOpen = true
  const name = () => (button.textContent = isOpen ? 'Fold all replies' : 'Unfold all replies')
  name()
  button.addEventListener('click', () => {
    isOpen = !isOpen
    for (const replies of thread.querySelectorAll('details.replies')) replies.open = isOpen
    name()
  })
  thread.before(button)
}

// The first field for a search, as on other sites.
document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof Element && event.target.matches('input, select, textarea')
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  const field = document.querySelector('form.filters input')
  if (field === null) return
  event.preventDefault()
  field.focus()
})
