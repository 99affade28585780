import * as Y from 'yjs'
import { expect } from 'vitest'
import { openConsultation } from '#client/net/session.ts'
import type { DocumentSession } from '#client/net/session.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { addParagraph, hostText, openDocument } from '#shared/document/schema.ts'
import type { DocumentId, HostId, ParagraphId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { FakeServer } from './fake-server.ts'
import { FakeTime } from './fake-time.ts'
import { FakeSignals, FakeWire } from './fake-wire.ts'
import { FakeDisk } from './memory-store.ts'

export const FORBIDDEN = '\u2717'

export const PERSON: Actor = {
  person: 'person-1' as PersonId,
  name: 'Wanjiru',
  role: 'delegation',
  participant: 'KEN' as ParticipantId,
}

export const paragraphId = (n: number): ParagraphId => `p${String(n).padStart(16, '0')}` as ParagraphId

/** Refuses whatever inserts {@link FORBIDDEN}. */
export function judge(update: Uint8Array): { code: string; message: string } | null {
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue
    if (struct.content.str.includes(FORBIDDEN)) return { code: 'not-allowed', message: 'Not this sign.' }
  }
  return null
}

/** A server with a short document. */
export function serverWithText(
  texts: readonly string[] = ['We, the Heads of State,', 'resolve'],
): FakeServer {
  const server = new FakeServer({ actor: PERSON, judge })
  server.doc.transact(() => {
    const od = openDocument(server.doc)
    texts.forEach((text, i) => {
      const label = { number: i + 1, suffix: 0 }
      addParagraph(od, { id: paragraphId(i + 1), kind: 'paragraph', order: `a${i}`, label }, text)
    })
  })
  return server
}

/** One person's browser: its disk, its clock, its network, and the tab that is open in it. */
export class FakeDesk {
  readonly server: FakeServer
  readonly time = new FakeTime()
  readonly signals = new FakeSignals()
  readonly disk: FakeDisk
  readonly wire: FakeWire
  readonly #seeded: (() => number) | undefined
  readonly #actor: Actor
  session: DocumentSession

  constructor(server: FakeServer, disk = new FakeDisk(), seeded?: () => number, actor = PERSON) {
    this.server = server
    this.disk = disk
    this.#seeded = seeded
    this.#actor = actor
    this.wire = new FakeWire(server.accept)
    this.session = this.#open()
  }

  /** The tab is closed and opened again: only what is on the disk remains. */
  reload(): void {
    this.session.dispose()
    this.session = this.#open()
  }

  /** Delivers and commits until nothing moves any more. */
  settle(): void {
    for (let i = 0; i < 50; i++) {
      for (const socket of this.wire.sockets) {
        socket.deliverToServer()
        socket.deliverToClient()
      }
      this.server.commit()
      if (this.server.queued === 0 && this.wire.sockets.every((socket) => socket.idle)) return
    }
    throw new Error('it does not settle')
  }

  #open(): DocumentSession {
    const seeded = this.#seeded
    return openConsultation({
      document: 'document-1' as DocumentId,
      actor: this.#actor,
      url: 'ws://test/sync/document-1',
      environment: {
        openSocket: this.wire.open,
        timers: this.time,
        signals: this.signals,
        random: seeded ?? (() => 0.5),
      },
      storage: this.disk.storage,
      openStore: this.disk.openStore,
      ...(seeded ? { newDoc: () => seededDoc(seeded) } : {}),
    })
  }
}

/** Lets promises that are already resolved take their turn. */
export async function turn(): Promise<void> {
  for (let i = 0; i < 8; i++) await Promise.resolve()
}

/** All characters of a document: of its paragraphs and of its proposals, in the order of their ids. */
export const allText = (od: OutcomeDocument): string =>
  ([...od.paragraphs.keys(), ...od.proposals.keys()].sort() as HostId[])
    .map((id) => hostText(od, id)?.toJSON() ?? '')
    .join('')

/** Expects that a desk shows what the server has, all of it saved; closes it, and expects that nothing goes on running. */
export function expectSettled(desk: FakeDesk): void {
  expect(desk.session.status.get()).toEqual({ connection: 'online', unsaved: false })
  expect(allText(desk.session.od())).toBe(allText(openDocument(desk.server.doc)))
  desk.session.dispose()
  expect(desk.time.pending).toBe(0)
  expect(desk.signals.listeners).toBe(0)
}

/** Yjs breaks ties by client id: those must replay too. */
export function seededDoc(random: () => number): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = Math.floor(random() * 2 ** 32)
  return doc
}
