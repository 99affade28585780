import type { ImportedProposal, ImportedStatements } from '../../model/import-brackets.ts'
import type { Range } from './host-writer.ts'

/** Joins the parts of proposals whose words are cut by other brackets: all but the last say that they go on. */
export class Parts {
  /** Words whose deletion is asked for, and goes on in a bracket right behind them; the oldest first. */
  readonly #begun: { readonly names: string; readonly start: number; readonly end: number }[] = []

  /** Returns the proposals that end with the words from `start` to `end` of `text`. */
  close(range: Range, start: number, end: number, text: string): ImportedProposal[] {
    const ended: ImportedProposal[] = []
    for (const { said, continued } of range.deletions) {
      const from = this.#begunAt(said, start, text)
      if (continued) this.#begun.push({ names: nameKey(said), start: from, end })
      else ended.push({ ...said, text: '', amendments: [], start: from, end })
    }
    for (const wording of range.wordings)
      ended.push({ ...wording, start: this.#begunAt(wording, start, text), end })
    return ended
  }

  /** Returns where the words begin of which this is the last part; `start` when they have no other. */
  #begunAt(said: ImportedStatements, start: number, text: string): number {
    const names = nameKey(said)
    const at = this.#begun.findIndex(
      (part) => part.names === names && part.end <= start && text.slice(part.end, start).trim() === '',
    )
    return at < 0 ? start : this.#begun.splice(at, 1)[0]!.start
  }
}

const nameKey = ({ by, cosponsors }: ImportedStatements): string => [by, ...cosponsors].join('|')
