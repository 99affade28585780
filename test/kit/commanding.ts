import * as Y from 'yjs'
import { createDocument } from '#shared/document/create.ts'
import { execute } from '#shared/document/commands/execute.ts'
import { openDocument, paragraphsInOrder } from '#shared/document/schema.ts'
import { recordGet, recordSet } from '#shared/document/records.ts'
import type { Command, CommandResult } from '#shared/model/command.ts'
import type { CommentId, MeetingId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { newCommentId, newMeetingId } from '#shared/model/ids.ts'
import type { ImportedDraft } from '#shared/model/import.ts'
import type { Actor } from '#shared/model/participant.ts'
import { asSeen } from './as-seen.ts'
import { delegate, facilitator } from './drafting.ts'
import { plainDraft } from './drafts.ts'
import { proposeInsertion } from './proposing.ts'
import { Random } from './random.ts'

/** A document and people who give commands, at times that the test tells. */
export class Table {
  readonly od = openDocument(new Y.Doc())
  readonly random: Random
  now = Date.UTC(2026, 0, 15, 12)
  #sequence = 1

  /** `draft`: or the number of paragraphs in a plain one. */
  constructor(draft: number | ImportedDraft = 3, seed = 1) {
    this.random = new Random(seed)
    createDocument(this.od, typeof draft === 'number' ? plainDraft(draft) : draft, this.bytes, this.now)
  }

  readonly bytes = (length: number): Uint8Array => this.random.bytes(length)

  /** As the server executes it, of the words as they read now; throws when a refused command has changed the document. */
  run(actor: Actor, command: Command): CommandResult {
    let changed = false
    const listen = () => (changed = true)
    this.od.doc.on('update', listen)
    const { od, now } = this
    const sequence = ++this.#sequence
    const result = od.doc.transact(() => execute({ od, actor, now, sequence }, asSeen(od, command)))
    this.od.doc.off('update', listen)
    if (!result.ok && changed) throw new Error(`a refused ${command.kind} changed the document`)
    this.changed = changed
    return result
  }

  /** Whether the last command changed anything. */
  changed = false

  /** Its code when it is refused. */
  refusal(actor: Actor, command: Command): string | null {
    const result = this.run(actor, command)
    return result.ok ? null : result.code
  }

  propose(actor: Actor, text: string, index = 0): ProposalId {
    return proposeInsertion(this.od, actor, index, text, this.bytes, this.now)
  }

  /** The numbered paragraph of this index. */
  paragraph(index: number): ParagraphId {
    return paragraphsInOrder(this.od).filter(({ label }) => label !== null)[index]!.id
  }

  heading(): ParagraphId {
    return paragraphsInOrder(this.od).find(({ kind }) => kind === 'heading')!.id
  }

  newComment(): CommentId {
    return newCommentId(this.bytes)
  }

  newMeeting(): MeetingId {
    return newMeetingId(this.bytes)
  }

  /** A revision, as issued. */
  issue(): number {
    let number = 1
    while (recordGet(this.od, `revision/${number}`)) number++
    const by = 'Co-Facilitators' as ParticipantId
    const revision = { number, sequence: ++this.#sequence, at: this.now, by, person: 'fay', note: '' }
    recordSet(this.od, `revision/${number}`, { ...revision, concordance: [], open: 0 })
    return number
  }
}

export const delegation = (participant: string): Actor => delegate(`from ${participant}`, participant).actor

export const chair: Actor = facilitator('fay').actor

export const observer: Actor = { ...delegation('KEN'), role: 'observer', participant: null }

export const participant = (code: string): ParticipantId => code as ParticipantId
