import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { Label } from '../../model/label.ts'
import { formatStep } from '../../model/label.ts'
import type { NoteMark } from '../../model/paragraph.ts'
import { sameItem } from '../../model/proposals/proposal.ts'
import { superscript } from '../../model/superscript.ts'
import type { Marked } from '../follow/marked.ts'
import { markedNow } from '../follow/marked.ts'
import { proposedMark } from '../issue/footnotes.ts'
import { recordGet } from '../records.ts'
import type { OutcomeDocument } from '../schema.ts'
import { paragraphFacts } from '../schema.ts'
import type { OpenProposal, Proposals } from './proposals.ts'

/** A mark in the text: behind which character it stands, and how it is printed. */
export interface StandingMark extends Marked {
  /** The footnote, or the proposal for it. */
  readonly note: ParagraphId | ProposalId
  readonly text: string
  /** Null for the mark of a footnote that stands in the text. */
  readonly proposal: OpenProposal | null
  /** The open proposals to delete the footnote. */
  readonly deletions: readonly OpenProposal[]
}

interface Known {
  /** The texts, and the subjects of records, on which it depends where its marks stand. */
  readonly passed: ReadonlySet<HostId>
  /** Those that are shown; none: the note is without a mark. */
  readonly standing: readonly StandingMark[]
}

const NONE: readonly StandingMark[] = []
const NO_DELETIONS: readonly OpenProposal[] = []

/** The mark of a footnote that has no number yet: a private draft. */
const UNNUMBERED = '*'

/**
 * An index of the marks of footnotes by the text that they stand in. It must be told by {@link refresh} when fields of
 * paragraphs or proposals about footnotes have changed, and by {@link refreshIn} when words or records have.
 */
export class NoteMarks {
  readonly #od: OutcomeDocument
  readonly #proposals: Proposals
  #notes: ReadonlyMap<ParagraphId | ProposalId, Known> = new Map()
  #on: ReadonlyMap<HostId, readonly StandingMark[]> = new Map()

  constructor(od: OutcomeDocument, proposals: Proposals) {
    this.#od = od
    this.#proposals = proposals
    this.refresh()
  }

  /** The marks in a text, in no particular order. */
  on(host: HostId): readonly StandingMark[] {
    return this.#on.get(host) ?? NONE
  }

  /** Whether a mark of the footnote, or of the proposal for it, is shown somewhere. */
  isMarked(note: ParagraphId | ProposalId): boolean {
    return (this.#notes.get(note)?.standing.length ?? 0) > 0
  }

  /** Reads all marks again. Returns the texts of which the marks have changed. */
  refresh(): ReadonlySet<HostId> {
    const notes = new Map<ParagraphId | ProposalId, Known>()
    const ids: (ParagraphId | ProposalId)[] = [...this.#proposals.notes()]
    for (const [id, map] of this.#od.paragraphs) if (map.get('kind') === 'note') ids.push(id as ParagraphId)
    for (const id of ids) {
      const known = this.#read(id)
      if (known) notes.set(id, known)
    }
    return this.#become(notes)
  }

  /**
   * Reads the marks again that depend on these texts, or on records about them. Returns the texts of which the marks have
   * changed.
   */
  refreshIn(hosts: ReadonlySet<HostId>): ReadonlySet<HostId> {
    const touched = [...this.#notes].filter(([, { passed }]) => [...passed].some((host) => hosts.has(host)))
    if (touched.length === 0) return new Set()
    const notes = new Map(this.#notes)
    for (const [id] of touched) {
      const known = this.#read(id)
      if (known) notes.set(id, known)
    }
    return this.#become(notes)
  }

  #read(note: ParagraphId | ProposalId): Known | null {
    return isProposalId(note) ? this.#readProposed(note) : this.#readNote(note)
  }

  #readNote(note: ParagraphId): Known | null {
    const facts = paragraphFacts(this.#od, note)
    if (!facts?.label || facts.removed || facts.vacant) return null
    const asked = this.#proposals.on(note).filter(({ head }) => head.kind === 'delete-paragraph')
    const deletions = asked.length > 0 ? asked : NO_DELETIONS
    return this.#known(facts.marks, { note, text: markText(facts.label), proposal: null, deletions })
  }

  #readProposed(note: ProposalId): Known | null {
    const proposal = this.#proposals.get(note)
    const mark = proposedMark(this.#od, note)
    if (!proposal || !mark) return null
    const label = recordGet(this.#od, `label/${note}`)?.label
    const text = label ? markText(label) : UNNUMBERED
    return this.#known([mark], { note, text, proposal, deletions: NO_DELETIONS })
  }

  #known(marks: readonly NoteMark[], mark: Omit<StandingMark, 'host' | 'item'>): Known {
    const passed = new Set<HostId>()
    const standing = marks.flatMap((one) => {
      const at = markedNow(this.#od, one, passed)
      return at ? [{ ...at, ...mark }] : []
    })
    return { passed, standing }
  }

  #become(notes: ReadonlyMap<ParagraphId | ProposalId, Known>): ReadonlySet<HostId> {
    const former = this.#on
    this.#notes = notes
    const marks = [...notes.values()].flatMap(({ standing }) => standing)
    this.#on = Map.groupBy(marks, ({ host }) => host)
    const hosts = [...new Set([...former.keys(), ...this.#on.keys()])]
    return new Set(hosts.filter((host) => !isSame(former.get(host), this.#on.get(host))))
  }
}

const isSame = (a: readonly StandingMark[] = NONE, b: readonly StandingMark[] = NONE): boolean =>
  a.length === b.length && a.every((mark, i) => isSameMark(mark, b[i]))

const isSameMark = (a: StandingMark, b: StandingMark | undefined): boolean =>
  b?.note === a.note &&
  b.text === a.text &&
  sameItem(b.item, a.item) &&
  b.proposal === a.proposal &&
  b.deletions.length === a.deletions.length &&
  b.deletions.every((one, i) => one === a.deletions[i])

const markText = (label: Label): string => superscript(formatStep(label))
