import type { Anchor } from '../../model/proposals/proposal.ts'
import { cutQuote, isOnWords } from '../../model/proposals/proposal.ts'
import type { OutcomeDocument } from '../schema.ts'
import { hostText } from '../schema.ts'
import { plainText, resolveAnchor } from '../text/anchor.ts'

/** Returns the words that an anchor covers, cut to the length of a quote; empty when it covers none. */
export function quoteOf(od: OutcomeDocument, anchor: Anchor): string {
  const span = resolveAnchor(od, anchor)
  const text = isOnWords(anchor) ? hostText(od, anchor.host) : undefined
  if (!span || !text) return ''
  return cutQuote(plainText(text).slice(span.start, span.end))
}
