import * as Y from 'yjs'
import { compareStrings, decisionOf } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { isOnWords } from '#shared/model/proposals/proposal.ts'
import type { ParagraphStatus } from '#shared/model/status.ts'
import type { Anchor, ProposalHead } from '#shared/model/proposals/proposal.ts'

/**
 * What an update by a delegation may have changed, judged only by what is to be seen before and after: it knows
 * nothing of structs and shares no code with admission.
 */

export interface Sight {
  readonly roots: readonly string[]
  readonly base: string
  readonly record: string
  readonly proposals: ReadonlyMap<
    string,
    { readonly fields: string; readonly head: string; readonly delta: string }
  >
  readonly anchors: ReadonlyMap<string, string>
}

const json = (value: unknown): string => JSON.stringify(value)
const delta = (text: unknown): string =>
  text instanceof Y.Text ? json([text.toDelta(), text._map.size]) : `not a text: ${json(text)}`

export function look(od: OutcomeDocument): Sight {
  const proposals = [...od.proposals].map(([id, map]) => {
    if (!(map instanceof Y.Map)) return [id, { fields: 'not a map', head: '', delta: '' }] as const
    const fields = json([[...map.keys()].sort(compareStrings), map._start === null])
    return [id, { fields, head: json(map.get('head')), delta: delta(map.get('content')) }] as const
  })
  return {
    roots: [...od.doc.share.keys()],
    base: json([...od.paragraphs].map(([id, map]) => [id, map.toJSON(), delta(map.get('text'))])),
    record: json(od.record.toJSON()),
    proposals: new Map(proposals),
    anchors: new Map([...od.anchors].map(([id, anchor]) => [id, json(anchor)])),
  }
}

export type Effect = 'wording' | 'anchor' | 'anchor deleted' | 'creation' | 'repair' | 'nothing visible'

/** What the update did, each lawful; throws on the first thing that is not. */
export function lawful(before: OutcomeDocument, after: OutcomeDocument, by: string): Set<Effect> {
  const old = look(before)
  const now = look(after)
  const effects = new Set<Effect>()
  same('roots', json(old.roots), json(now.roots))
  same('base text', old.base, now.base)
  same('record', old.record, now.record)
  const own = (id: string) =>
    isProposalId(id) && (before.proposals.get(id)?.get('head') as ProposalHead | undefined)?.by === by
  const open = (id: string) => !decisionOf(before, id as ProposalId)
  for (const [id, proposal] of old.proposals) {
    const next = now.proposals.get(id)
    if (!next) throw new Error(`${id} is gone`)
    same('fields', proposal.fields, next.fields)
    same('head', proposal.head, next.head)
    if (proposal.delta === next.delta) continue
    if (!own(id) || !open(id)) throw new Error(`the wording of ${id} has changed`)
    const anchor = now.anchors.get(id)
    if (anchor !== undefined && agreed(after, JSON.parse(anchor) as Anchor))
      throw new Error(`the wording of ${id} has changed in an agreed paragraph`)
    checkText(next.delta)
    effects.add('wording')
  }
  for (const [id, proposal] of now.proposals) {
    if (old.proposals.has(id)) continue
    if (!isProposalId(id)) throw new Error(`a proposal called ${id}`)
    same('fields of a new one', proposal.fields, json([['content', 'head'], true]))
    const head = JSON.parse(proposal.head) as ProposalHead
    if (head.by !== by) throw new Error('by somebody else')
    if ('via' in head) throw new Error('written down by a delegation for another')
    checkText(proposal.delta)
    effects.add('creation')
  }
  for (const id of new Set([...old.anchors.keys(), ...now.anchors.keys()])) {
    const [was, is] = [old.anchors.get(id), now.anchors.get(id)]
    if (was === is) continue
    if (!now.proposals.has(id)) throw new Error(`an anchor of nothing, ${id}`)
    if (is !== undefined && agreed(after, JSON.parse(is) as Anchor) && !follows(was, is))
      throw new Error(`${id} has come onto an agreed paragraph`)
    if (!old.proposals.has(id) || (own(id) && open(id)))
      effects.add(is === undefined ? 'anchor deleted' : 'anchor')
    else if (repaired(was, is, own)) effects.add('repair')
    else throw new Error(`the anchor of ${id} has changed from ${was} to ${is}`)
  }
  checkStore(after.doc)
  if (effects.size === 0) effects.add('nothing visible')
  return effects
}

/** On the words of an agreed paragraph, or in what stands on them. */
function agreed(od: OutcomeDocument, anchor: Anchor | undefined, depth = 0): boolean {
  if (!anchor || !isOnWords(anchor) || depth > 20) return false
  if (isProposalId(anchor.host)) return agreed(od, od.anchors.get(anchor.host), depth + 1)
  const status = od.record.get(`status/${anchor.host}`) as ParagraphStatus | undefined
  return status?.status === 'agreed' || status?.status === 'agreed-ad-ref'
}

/** On the same host and of the same kind: it stood there before. */
function follows(was: string | undefined, is: string): boolean {
  if (was === undefined) return false
  const [from, to] = [JSON.parse(was) as Anchor, JSON.parse(is) as Anchor]
  return isOnWords(from) && isOnWords(to) && from.kind === to.kind && from.host === to.host
}

function repaired(was: string | undefined, is: string | undefined, own: (id: string) => boolean): boolean {
  if (was === undefined || is === undefined) return false
  const [from, to] = [JSON.parse(was) as Anchor, JSON.parse(is) as Anchor]
  return isOnWords(from) && isOnWords(to) && from.host === to.host && own(from.host)
}

function same(what: string, old: string, now: string): void {
  if (old !== now) throw new Error(`${what} changed:\n${old}\n${now}`)
}

function checkText(text: string): void {
  const [pieces, attributes] = JSON.parse(text) as [
    { insert: unknown; attributes?: Record<string, unknown> }[],
    number,
  ]
  if (attributes !== 0) throw new Error('a text with attributes')
  for (const { insert, attributes: formats } of pieces) {
    if (typeof insert !== 'string' || /[\p{Cc}\u2028\u2029\ufffd]/u.test(insert))
      throw new Error(`text: ${json(insert)}`)
    for (const [key, value] of Object.entries(formats ?? {}))
      if (!['em', 'strong'].includes(key) || value !== true) throw new Error(`format: ${key}`)
  }
}

function checkStore({ store }: Y.Doc): void {
  if (store.pendingStructs || store.pendingDs) throw new Error('something is pending')
}
