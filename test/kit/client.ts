import * as Y from 'yjs'
import { WebSocket } from 'ws'
import { openDocument, type OutcomeDocument } from '#shared/document/schema.ts'
import type { Actor } from '#shared/model/participant.ts'
import { decodeServerFrame, encodeFrame, type Presence } from '#shared/protocol/wire.ts'
import { until } from './until.ts'

/** Somebody at the other end of a real socket, without a screen. It comes back only when told. */
export class HeadlessClient {
  readonly od: OutcomeDocument = openDocument(new Y.Doc())
  readonly #token: string
  #socket: WebSocket | null = null
  #submits = 0
  #synced = false
  /** What was sent on this connection and is not acknowledged yet, with its number. */
  #inFlight: { readonly number: number; readonly done: () => void }[] = []
  /** Run when everything the document holds now is durable. */
  #unsent: (() => void)[] = []
  actor: Actor | null = null
  presence: readonly Presence[] = []
  refusal: { readonly code: string; readonly message: string } | null = null
  closeCode: number | null = null

  constructor(token: string) {
    this.#token = token
    this.od.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this && this.#synced) this.#submit(update)
    })
  }

  get open(): boolean {
    return this.#synced
  }

  get waiting(): number {
    return this.#inFlight.length + this.#unsent.length
  }

  /** Resolves when the document is here. */
  async connect(url: string, document: string): Promise<void> {
    const address = `${url.replace('http', 'ws')}/sync/${document}?token=${this.#token}`
    const socket = new WebSocket(address)
    socket.binaryType = 'nodebuffer'
    this.#socket = socket
    this.closeCode = null
    socket.on('error', () => {})
    socket.on('open', () => {
      socket.send(encodeFrame({ type: 'hello', version: 1 }))
      socket.send(encodeFrame({ type: 'sync-step1', stateVector: Y.encodeStateVector(this.od.doc) }))
    })
    socket.on('message', (data: Buffer) => this.#receive(new Uint8Array(data)))
    socket.on('close', (code) => {
      this.closeCode = code
      this.#forget()
    })
    await until('the document or the end', () => this.#synced || this.closeCode !== null)
  }

  /** Changes the document; `saved` runs once, when the change is durable. */
  change(edit: () => void, saved: () => void = () => {}): void {
    if (this.#synced) {
      const before = this.#submits
      edit()
      if (this.#submits > before) this.#inFlight.push({ number: this.#submits, done: saved })
    } else {
      edit()
      this.#unsent.push(saved)
    }
  }

  async saved(): Promise<void> {
    await until('everything to be saved', () => this.waiting === 0 && this.#synced)
  }

  close(): void {
    this.#socket?.terminate()
    this.#forget()
  }

  #submit(update: Uint8Array): void {
    this.#socket?.send(encodeFrame({ type: 'submit', number: ++this.#submits, update }))
  }

  #receive(bytes: Uint8Array): void {
    const frame = decodeServerFrame(bytes)
    switch (frame?.type) {
      case 'welcome':
        this.actor = frame.welcome.actor
        return
      case 'sync-step2':
      case 'sync-update':
        return Y.applyUpdate(this.od.doc, frame.update, this)
      case 'sync-step1':
        return this.#sendWhatItLacks(frame.stateVector)
      case 'acknowledged':
        for (const sent of this.#inFlight) if (sent.number <= frame.number) sent.done()
        this.#inFlight = this.#inFlight.filter((sent) => sent.number > frame.number)
        return
      case 'refused':
        this.refusal = { code: frame.code, message: frame.message }
        return
      case 'presence':
        this.presence = frame.present
        return
      default:
    }
  }

  #sendWhatItLacks(vector: Uint8Array): void {
    if (this.#synced) return
    this.#synced = true
    const unsent = this.#unsent
    this.#unsent = []
    this.#submit(Y.encodeStateAsUpdate(this.od.doc, vector))
    for (const done of unsent) this.#inFlight.push({ number: this.#submits, done })
  }

  /** The connection is gone: what it did not acknowledge may or may not be durable, and is sent again. */
  #forget(): void {
    this.#synced = false
    this.#submits = 0
    this.#unsent.push(...this.#inFlight.map((sent) => sent.done))
    this.#inFlight = []
  }
}
