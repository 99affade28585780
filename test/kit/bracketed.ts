import type {
  BracketedText,
  ImportedProposal,
  ImportedStatements,
  ImportedWording,
} from '#shared/model/import-brackets.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import { formatLabel } from '#shared/model/label.ts'

/**
 * Writes what was read of brackets in one line, so that tests can compare it:
 *
 *     from {+thick |USA G77:oppose} mud        an insertion
 *     {young}{-USA}{+old |JPN}                 words with what is asked of them: a deletion, a replacement
 *     {¶ We rest. |USA}                        the paragraph itself is proposed
 */
export function writeBlock({ text, bracketed }: ImportedBlock): string {
  return bracketed ? writeBracketed(bracketed) : text
}

function writeBracketed(read: BracketedText): string {
  const { status, former } = read
  const parts = [
    read.vacant ? '(vacant)' : '',
    read.whole ? `{¶ ${writeWording(read.whole)}}` : writeHost(read.base, read.proposals),
    ...read.requests.map(
      (asked) =>
        `{${asked.kind}${asked.other === null ? '' : ` #${asked.other}`}${asked.kind === 'split' ? ` @${asked.at}` : ''}${said(asked)}}`,
    ),
    ...read.positions.map(({ by, position }) => `{${by}:${position}}`),
    status
      ? `(${[status.status, ...status.pending.map((by) => `pending ${by}`), status.placement ? 'placement' : '', status.note].filter(Boolean).join(', ')})`
      : '',
    former ? `(former ${formatLabel(former)})` : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function writeHost(text: string, proposals: readonly ImportedProposal[]): string {
  let out = ''
  let at = 0
  for (const [i, one] of proposals.entries()) {
    const before = proposals[i - 1]
    const shared = before && before.start === one.start && before.end === one.end && one.start < one.end
    out += text.slice(at, one.start)
    at = Math.max(at, one.start)
    if (one.start < one.end && !shared) out += `{${text.slice(one.start, one.end)}}`
    at = Math.max(at, one.end)
    out += one.text === '' ? `{-${writeStatements(one)}}` : `{+${writeWording(one)}}`
  }
  return out + text.slice(at)
}

const writeWording = (wording: ImportedWording): string =>
  `${writeHost(wording.text, wording.amendments)}${said(wording)}`

const said = (of: ImportedStatements): string => {
  const text = writeStatements(of)
  return text === '' ? '' : `|${text}`
}

function writeStatements({ by, cosponsors, dissociated, positions, condition }: ImportedStatements): string {
  return [
    ...(by === null ? [] : [by]),
    ...cosponsors.map((name) => `+${name}`),
    ...dissociated.map((name) => `-${name}`),
    ...positions.map((one) => `${one.by}:${one.position}`),
    ...(condition === null ? [] : [`if ${condition}`]),
  ].join(' ')
}
