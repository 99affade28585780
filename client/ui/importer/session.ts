import type { Api } from '#client/net/api.ts'
import { createValue, type Value } from '#client/observable.ts'
import type { ImportResponse } from '#shared/protocol/http.ts'
import type { Answer, Answers, NameAnswer } from '#shared/model/understanding.ts'
import { forgetAnswers, keepAnswers, loadAnswers } from './kept-answers.ts'
import { keepNames } from './known-names.ts'
import type { Reading } from './messages.ts'
import { createReader, type Reader } from './reader.ts'

/** A text that is looked at before it is imported. */
export interface Source {
  /** The file's name; null for a pasted text. */
  readonly name: string | null
  readonly bytes: Uint8Array
  readonly hash: string
  /** The text of each line, by its number. */
  readonly lines: readonly string[]
}

export type ImportStep = 'choose' | 'opening' | 'look' | 'done'

/** Where an import stands. It outlives the dialog, so that closing it loses nothing. */
export interface ImportState {
  readonly step: ImportStep
  /** What was pasted. */
  readonly pasted: string
  /** The title that was given; empty: the one that is found in the text. */
  readonly title: string
  /** While a text is opened: how much is done, from 0 to 1. */
  readonly progress: number
  readonly problem: string | null
  readonly source: Source | null
  readonly reading: Reading | null
  readonly answers: Answers
  /** Earlier and taken back answers, the last one at the end. */
  readonly past: readonly Answers[]
  readonly future: readonly Answers[]
  /** Whether the answers have changed since `reading`. */
  readonly isReading: boolean
  readonly isMaking: boolean
  readonly result: ImportResponse | null
}

const NONE: Answers = { answers: [], names: [] }

const START: ImportState = {
  step: 'choose',
  pasted: '',
  title: '',
  progress: 0,
  problem: null,
  source: null,
  reading: null,
  answers: NONE,
  past: [],
  future: [],
  isReading: false,
  isMaking: false,
  result: null,
}

export class ImportSession {
  readonly state: Value<ImportState> = createValue(START)
  readonly #reader: Reader
  #opening: { readonly name: string | null; readonly bytes: Uint8Array } | null = null

  constructor() {
    this.#reader = createReader({
      onProgress: (progress) => this.set({ progress }),
      onOpened: (hash, lines) => this.#opened(hash, lines),
      onRead: (reading) => this.set({ reading, isReading: false, step: 'look', progress: 1 }),
      onFailed: ({ message }) => this.#failed(message),
    })
  }

  set(change: Partial<ImportState>): void {
    this.state.set({ ...this.state.get(), ...change })
  }

  open(name: string | null, bytes: Uint8Array): void {
    this.#opening = { name, bytes }
    this.set({ step: 'opening', progress: 0, problem: null, result: null })
    this.#reader.open(bytes, { ...NONE, title: this.state.get().title })
  }

  /** Goes back to choosing a text. What was answered stays, and comes back with the text. */
  choose(): void {
    this.set({ step: 'choose', problem: null })
  }

  /** Goes on with the text that was looked at last. */
  resume(): void {
    const { reading, source } = this.state.get()
    if (reading && source) this.set({ step: 'look', problem: null })
  }

  /** Begins with another text, once one is imported. */
  restart(): void {
    this.state.set(START)
  }

  change(answers: readonly Answer[]): void {
    this.#answer({ ...this.state.get().answers, answers })
  }

  changeNames(names: readonly NameAnswer[]): void {
    this.#answer({ ...this.state.get().answers, names })
  }

  changeTitle(title: string): void {
    this.set({ title })
    this.#keep()
  }

  undo(): void {
    const { past, future, answers } = this.state.get()
    const before = past.at(-1)
    if (!before) return
    this.set({ past: past.slice(0, -1), future: [...future, answers], answers: before })
    this.#read()
  }

  redo(): void {
    const { past, future, answers } = this.state.get()
    const after = future.at(-1)
    if (!after) return
    this.set({ future: future.slice(0, -1), past: [...past, answers], answers: after })
    this.#read()
  }

  /** Makes the document as it is shown. */
  async make(api: Api): Promise<void> {
    const { source, reading, answers, title } = this.state.get()
    if (!source || !reading) return
    this.set({ isMaking: true, problem: null })
    const answer = await api.importText(source.bytes, { title, ...answers, shown: reading.digest })
    if (answer.ok) {
      forgetAnswers(source.hash)
      keepNames(answers.names)
      this.state.set({ ...START, step: 'done', result: answer.value })
    } else this.set({ isMaking: false, problem: answer.message })
  }

  #answer(answers: Answers): void {
    const { past, answers: before } = this.state.get()
    this.set({ answers, past: [...past, before], future: [] })
    this.#read()
  }

  #read(): void {
    const { answers, title } = this.state.get()
    this.set({ isReading: true, problem: null })
    this.#keep()
    this.#reader.read({ ...answers, title })
  }

  #keep(): void {
    const { source, answers, title } = this.state.get()
    if (source) keepAnswers(source.hash, { ...answers, title }, Date.now())
  }

  #opened(hash: string, lines: readonly string[]): void {
    const opening = this.#opening
    if (!opening) return
    const { source: before, answers: known, title: given, past, future } = this.state.get()
    const again = before?.hash === hash
    const kept = again ? { ...known, title: given } : loadAnswers(hash)
    const { title, ...answers } = kept ?? { ...NONE, title: given }
    this.set({
      source: { ...opening, hash, lines },
      answers,
      title: given === '' ? title : given,
      ...(again ? { past, future } : { past: [], future: [] }),
    })
    if (answers.answers.length + answers.names.length > 0) this.#read()
  }

  /** A text that holds no draft is another to be chosen; an answer that cannot be applied is taken back. */
  #failed(problem: string): void {
    const { step, past, answers, title } = this.state.get()
    const before = past.at(-1)
    if (step === 'opening' && answers.answers.length > 0) {
      // What was kept of another day cannot be applied: it stays kept until something is changed.
      this.set({ answers: NONE, problem })
      this.#reader.read({ ...NONE, title })
      return
    }
    if (step !== 'look' || !before) {
      this.set({ step: step === 'look' ? 'look' : 'choose', problem, isReading: false })
      return
    }
    this.set({ answers: before, past: past.slice(0, -1) })
    this.#read()
    this.set({ problem })
  }
}

let session: ImportSession | null = null

/** The page's one import. */
export const importSession = (): ImportSession => (session ??= new ImportSession())
