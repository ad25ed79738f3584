// Downloads a file from inside Shopify's frame, where a link would lack the session token that App Bridge adds to fetch.
import { Button, InlineError } from '@shopify/polaris'
import { useState } from 'react'

export function DownloadButton({ url, fileName }: { url: string; fileName: string }) {
  const [state, setState] = useState<'ready' | 'loading' | 'failed'>('ready')
  const download = async () => {
    setState('loading')
    const isSaved = await save(url, fileName).catch(() => false)
    setState(isSaved ? 'ready' : 'failed')
  }
  return (
    <>
      <Button variant="plain" loading={state === 'loading'} onClick={download}>
        Download
      </Button>
      {state === 'failed' && (
        <InlineError fieldID={url} message="The file could not be read. Reload the page and try again." />
      )}
    </>
  )
}

async function save(url: string, fileName: string) {
  const response = await fetch(url)
  if (!response.ok) return false
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = fileName
  link.click()
  URL.revokeObjectURL(link.href)
  return true
}
