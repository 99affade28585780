import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { strings } from '../strings.ts'
import { Button } from './button.tsx'

const SHOWN_FOR = 2_000

export function CopyButton({
  text,
  label = strings.copy,
}: {
  readonly text: string
  readonly label?: string
}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button small onPress={() => void copyText(text).then(setCopied)}>
      {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      <span aria-live="polite">{copied ? strings.copied : label}</span>
    </Button>
  )
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

/**
 * Copies by a selection. The clipboard API is missing on http except for localhost, and a server in a conference room
 * may be reached by http.
 */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'visually-hidden'
  const dialog = document.querySelector('[role="dialog"]')
  ;(dialog ?? document.body).append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  return copied
}
