// Keeps the inbox current while one looks at it, and makes a mail's frame as tall as the mail.

const REFRESH_MS = 2000

async function refresh() {
  if (document.hidden) return
  const response = await fetch(location.href)
  if (!response.ok) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id)
    if (next && next.innerHTML !== part.innerHTML) part.replaceChildren(...next.childNodes)
  }
}

function fitToContent(frame) {
  const page = frame.contentDocument?.documentElement
  if (!page) return
  // A page is never shorter than its window, so it is measured in a low one.
  frame.style.height = '0'
  frame.style.height = `${Math.max(360, page.scrollHeight)}px`
}

for (const frame of document.querySelectorAll('iframe[data-fit]')) {
  frame.addEventListener('load', () => fitToContent(frame))
  fitToContent(frame)
}

// The sandbox may be stopped at any time; the page then simply stays as it is.
setInterval(() => refresh().catch(() => undefined), REFRESH_MS)
