// The pages that a mail's reader sees: one sentence, one or two buttons. No script, no cookie, no picture, light or dark.
import type { ReactNode } from 'react'

const style = `
:root { color-scheme: light dark; --text: #1f2328; --quiet: #59636e; --page: #f6f7f8; --card: #fff; --line: #d9dde1; --button: #1f2328; --on-button: #fff }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8eaed; --quiet: #a2abb4; --page: #101214; --card: #1a1d20; --line: #33383d; --button: #e8eaed; --on-button: #101214 }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.25rem; background: var(--page); color: var(--text); font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif }
main { width: 100%; max-width: 30rem; padding: 2rem 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.3; overflow-wrap: anywhere }
p { margin: 0 0 1rem; overflow-wrap: anywhere }
form { margin: 1.5rem 0 0 }
button { width: 100%; min-height: 3rem; padding: .75rem 1rem; border: 1px solid var(--button); border-radius: .5rem; background: var(--button); color: var(--on-button); font: inherit; font-weight: 600; cursor: pointer }
button.quiet { background: transparent; color: var(--text); border-color: var(--line) }
:focus-visible { outline: 3px solid #3b82f6; outline-offset: 2px }
a { color: inherit }
.quiet-text { color: var(--quiet); font-size: .9375rem; margin: 1.25rem 0 0 }
`

export function ReaderPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant; React would escape its quotes */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  )
}

/** A button that acts by itself, also where scripts are off. */
export function ReaderButton({
  action,
  isQuiet,
  children,
}: {
  action: string
  isQuiet?: boolean
  children: ReactNode
}) {
  return (
    <form method="post">
      <input type="hidden" name="action" value={action} />
      <button type="submit" className={isQuiet ? 'quiet' : undefined}>
        {children}
      </button>
    </form>
  )
}

/** "a•••@example.com" or, when the address is gone, "this address". */
export function AddressName({ maskedEmail }: { maskedEmail: string | null }) {
  return maskedEmail ? <strong>{maskedEmail}</strong> : <>this address</>
}
