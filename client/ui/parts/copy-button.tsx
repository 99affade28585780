import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { strings } from '../strings.ts'
import { Button } from './button.tsx'

const SHOWN_FOR = 2_000

export function CopyButton({ text, label = strings.copy }: { readonly text: string; readonly label?: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <Button small onPress={copy}>
      {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      <span aria-live="polite">{copied ? strings.copied : label}</span>
    </Button>
  )
}
