import * as Y from 'yjs'
import { expect, test } from 'vitest'
import type { DocumentSession } from '#client/net/session.ts'
import { openConsultation } from '#client/net/session.ts'
import { addProposal, contentOf, openDocument } from '#shared/document/schema.ts'
import type { DocumentId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { FORBIDDEN, judge, paragraphId, PERSON, serverWithText, turn } from '#test/kit/fake-desk.ts'
import { FakeServer } from '#test/kit/fake-server.ts'
import { FakeTime } from '#test/kit/fake-time.ts'
import { FakeSignals, FakeWire } from '#test/kit/fake-wire.ts'
import { FakeDisk } from '#test/kit/memory-store.ts'

const KEN = 'KEN' as ParticipantId
const DRAFT = 'q0000000000000001' as ProposalId

/** A browser with a room and a private space, each on a server of its own. */
class Browser {
  readonly room = serverWithText()
  readonly drafts = new FakeServer({ actor: PERSON, judge })
  readonly roomWire = new FakeWire(this.room.accept)
  readonly draftsWire = new FakeWire(this.drafts.accept)
  readonly time = new FakeTime()
  readonly #disks = new Map<string, FakeDisk>()
  session: DocumentSession

  constructor() {
    this.session = this.#open()
  }

  reload(): void {
    this.session.dispose()
    this.session = this.#open()
  }

  #disk(name: string): FakeDisk {
    const disk = this.#disks.get(name) ?? new FakeDisk()
    this.#disks.set(name, disk)
    return disk
  }

  #open(): DocumentSession {
    return openConsultation({
      document: 'document-1' as DocumentId,
      actor: PERSON,
      spaces: [KEN],
      url: 'ws://test/sync/document-1',
      environment: {
        openSocket: (url, events) =>
          (url.endsWith('/drafts/KEN') ? this.draftsWire : this.roomWire).open(url, events),
        timers: this.time,
        signals: new FakeSignals(),
        random: () => 0.5,
      },
      storage: this.#disk('storage').storage,
      openStore: (name) => this.#disk(name).openStore(),
    })
  }

  async settle(): Promise<void> {
    await turn()
    for (let i = 0; i < 20; i++) {
      for (const wire of [this.roomWire, this.draftsWire])
        for (const socket of wire.sockets) {
          socket.deliverToServer()
          socket.deliverToClient()
        }
      this.room.commit()
      this.drafts.commit()
    }
  }

  get space() {
    const [space] = this.session.spaces.get()
    if (!space) throw new Error('the space is not open')
    return space
  }

  draft(text: string): void {
    const { od } = this.space
    const head = {
      kind: 'text',
      by: KEN,
      paragraph: paragraphId(1),
      quote: '',
    } as const
    const anchor = { kind: 'point', host: paragraphId(1), paragraph: paragraphId(1), at: null } as const
    od.doc.transact(() => addProposal(od, DRAFT, head, anchor, text))
  }
}

const words = (server: FakeServer) => contentOf(openDocument(server.doc), DRAFT)?.toJSON()

test('4.1 what is drafted goes to its own server, and nothing of it to the room’s', async () => {
  const browser = new Browser()
  await browser.settle()
  const sent = browser.roomWire.sockets[0]!.sent.length
  browser.draft('zanzibar')
  expect(browser.session.status.get()).toMatchObject({ connection: 'online', unsaved: true })
  await browser.settle()
  expect(browser.session.status.get()).toMatchObject({ connection: 'online', unsaved: false })
  expect(words(browser.drafts)).toBe('zanzibar')
  expect(words(browser.room)).toBeUndefined()
  expect(browser.roomWire.sockets[0]!.sent).toHaveLength(sent)
})

test('what is drafted offline survives the tab, and is sent when the space can be reached again', async () => {
  const browser = new Browser()
  await browser.settle()
  browser.draftsWire.sockets[0]!.drop()
  browser.draft('zanzibar')
  await turn()
  browser.reload()
  await turn()
  expect(contentOf(browser.space.od, DRAFT)?.toJSON()).toBe('zanzibar')
  await browser.settle()
  expect(words(browser.drafts)).toBe('zanzibar')
  expect(browser.session.status.get().unsaved).toBe(false)
})

test('a refused draft is offered back, and the space goes on; the room is left alone', async () => {
  const browser = new Browser()
  await browser.settle()
  const { od } = browser.space
  const room = browser.session.od()
  browser.draft(`words ${FORBIDDEN}`)
  await browser.settle()
  const [salvaged] = browser.session.salvaged.get()
  expect(salvaged).toMatchObject({ code: 'not-allowed' })
  expect(salvaged?.pieces).toMatchObject([{ host: DRAFT, paragraph: '1', text: `words ${FORBIDDEN}` }])
  expect(browser.space.od).toBe(od)
  expect(browser.session.od()).toBe(room)
  browser.session.dismissSalvaged(salvaged!.id)
  expect(browser.session.salvaged.get()).toEqual([])
})

test('whoever is sent away from a space keeps the room, and her unsaved words', async () => {
  const browser = new Browser()
  await browser.settle()
  browser.draft('zanzibar')
  browser.drafts.closeAll('revoked')
  for (const socket of browser.draftsWire.sockets) socket.deliverToClient()
  expect(browser.session.spaces.get()).toEqual([])
  expect(browser.session.status.get()).toMatchObject({ connection: 'online', unsaved: false })
  expect(browser.session.salvaged.get()).toMatchObject([{ code: 'revoked', pieces: [{ text: 'zanzibar' }] }])
})

test('what others of the delegation draft comes into the same document', async () => {
  const browser = new Browser()
  await browser.settle()
  const { od } = browser.space
  browser.drafts.change((doc) => {
    const head = {
      kind: 'text',
      by: KEN,
      paragraph: paragraphId(1),
      quote: '',
    } as const
    const anchor = { kind: 'after', paragraph: paragraphId(1) } as const
    addProposal(openDocument(doc), DRAFT, head, anchor, 'theirs')
  })
  await browser.settle()
  expect(contentOf(od, DRAFT)?.toJSON()).toBe('theirs')
  expect(Y.encodeStateVector(browser.session.od().doc)).toEqual(Y.encodeStateVector(browser.room.doc))
})
