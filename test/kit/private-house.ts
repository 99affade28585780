import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { buildApp } from '#server/http/app.ts'
import { trustedProxies } from '#server/http/proxies.ts'
import type { Deadlines } from '#server/http/server.ts'
import { KeyedQueue } from '#server/http/keyed-queue.ts'
import type { Limits } from '#server/room/limits/limits.ts'
import { aliasMaker } from '#server/room/round.ts'
import { readinessOf } from '#server/operate/readiness.ts'
import { rememberVisits } from '#server/access/visit-memory.ts'
import { issueLink } from '#server/operate/links.ts'
import { Spaces } from '#server/operate/spaces.ts'
import { anchorAt } from '#shared/document/text/anchor.ts'
import { addProposal, hostText, paragraphsInOrder, type OutcomeDocument } from '#shared/document/schema.ts'
import { newProposalId, type HostId, type ParticipantId, type ProposalId } from '#shared/model/ids.ts'
import type { Role } from '#shared/model/role.ts'
import { ask, type Reply } from './http.ts'
import { Guest, HandSocket, House } from './room.ts'
import { until } from './until.ts'

/** A house with its front door: HTTP, sockets that are recorded, and the private spaces beside the room. */
export class PrivateHouse {
  readonly house: House
  readonly spaces: Spaces
  readonly #url: string
  readonly #socketUrl: string
  #keys = 0

  private constructor(house: House, spaces: Spaces, port: number) {
    this.house = house
    this.spaces = spaces
    this.#url = `http://127.0.0.1:${port}`
    this.#socketUrl = `ws://127.0.0.1:${port}`
  }

  /** `proxies`: whose `X-Forwarded-*` counts. */
  static async open(
    limits: Partial<Limits> = {},
    proxies: readonly string[] = [],
    deadlines?: Deadlines,
  ): Promise<PrivateHouse> {
    const house = await House.open({ limits })
    const { registry } = house
    const store = rememberVisits(house.store)
    const now = () => house.time.now()
    const spaces = new Spaces({ store, registry, now })
    const { app, sync } = await buildApp({
      store,
      registry,
      work: house.work,
      limits: house.limits,
      quotas: house.quotas,
      turns: new KeyedQueue(),
      spaces,
      aliases: aliasMaker(new Uint8Array(32)),
      random: (length: number) => house.random.bytes(length),
      now,
      monotonic: () => house.time.monotonic(),
      readiness: readinessOf({ store, clock: house.time, freeBytes: () => Promise.resolve(1e12) }),
      log: pino({ level: 'silent' }),
      publicUrl: null,
      isTrustedProxy: trustedProxies(proxies),
      ...(deadlines ? { deadlines } : {}),
      clientDir: join(house.folder, 'none'),
      rates: { links: 1_000, commands: 1_000 },
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    onTestFinished(async () => {
      sync.stop()
      await app.close()
    })
    return new PrivateHouse(house, spaces, (app.server.address() as AddressInfo).port)
  }

  async invite(role: Role, participant: string | null = null): Promise<string> {
    const { house } = this
    const random = (length: number) => house.random.bytes(length)
    const issuing = {
      store: house.store,
      random,
      now: house.time.now(),
      publicUrl: this.#url,
      createdBy: 'operator' as const,
    }
    return (await issueLink(issuing, house.document, role, participant as ParticipantId | null)).token
  }

  get url(): string {
    return this.#url
  }

  ask(token: string, place: string, body?: unknown): Promise<Reply> {
    const url = `${this.#url}/api/documents/${this.house.document}${place}`
    return ask(url, body === undefined ? { token } : { token, body })
  }

  rename(token: string, name: string): Promise<Reply> {
    const url = `${this.#url}/api/documents/${this.house.document}/name`
    return ask(url, { token, method: 'PUT', body: { name } })
  }

  /** What anybody may ask. */
  get(place: string): Promise<Reply> {
    return ask(`${this.#url}${place}`)
  }

  command(token: string, command: unknown, key = `key-of-command-${++this.#keys}`): Promise<Reply> {
    return this.ask(token, '/commands', { key, command })
  }

  /** A real socket; every byte that comes is kept. */
  listen(token: string, place = ''): Recorder {
    return new Recorder(`${this.#socketUrl}/sync/${this.house.document}${place}?token=${token}`)
  }

  /** Somebody in a private space, whose socket is delivered by hand. */
  async enter(space: string, guest: Guest): Promise<Guest> {
    const { house } = this
    const socket = new HandSocket()
    const participant = space as ParticipantId
    const visitor = house.visitor(guest.actor)
    const connection = await this.spaces.connect(house.document, participant, visitor, socket)
    if (typeof connection === 'string') throw new Error(`not let in: ${connection}`)
    const inside = new Guest(guest.actor, socket, connection, house.random)
    inside.hello()
    inside.follow()
    await until('the drafts', () => socket.of('sync-step2').length > 0)
    return inside
  }

  /** A private draft on words of the room's document, or of another draft. */
  draft(space: Guest, room: OutcomeDocument, on: Draftable, text: string): ProposalId {
    const { random } = this.house
    const host = on.host ?? paragraphsInOrder(room).filter(({ label }) => label)[on.paragraph ?? 0]!.id
    const source = hostText(space.od, host) ? space.od : room
    const paragraph = paragraphsInOrder(room).filter(({ label }) => label)[on.paragraph ?? 0]!.id
    const length = hostText(source, host)!.length
    const { from = length, to = from } = on
    const id = newProposalId((n) => random.bytes(n))
    const head = {
      kind: 'text' as const,
      by: on.by ?? space.actor.participant!,
      paragraph,
      quote: hostText(source, host)!.toJSON().slice(from, to),
    }
    const anchor = anchorAt(source, host, paragraph, from, to)
    space.od.doc.transact(() => addProposal(space.od, id, head, anchor, text))
    return id
  }
}

export interface Draftable {
  readonly paragraph?: number
  readonly host?: HostId
  readonly from?: number
  readonly to?: number
  readonly by?: ParticipantId
}

export class Recorder {
  readonly frames: Buffer[] = []
  closed: number | null = null
  readonly socket: WebSocket

  constructor(url: string) {
    this.socket = new WebSocket(url)
    this.socket.binaryType = 'nodebuffer'
    this.socket.on('error', () => {})
    this.socket.on('message', (data: Buffer) => this.frames.push(data))
    this.socket.on('close', (code) => (this.closed = code))
    onTestFinished(() => this.socket.terminate())
  }

  get bytes(): Buffer {
    return Buffer.concat(this.frames)
  }
}
