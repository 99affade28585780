import { itemAt, plainText } from '#shared/document/text/anchor.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { hostText } from '#shared/document/schema.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { Room } from './drafting.ts'

/** A footnote with its mark behind these words of a text. */
export function noteBehind(room: Room, host: HostId, words: string, text: string): ParagraphChange {
  const within = hostText(room.od, host)
  const at = within ? plainText(within).indexOf(words) : -1
  const last = at < 0 || !within ? null : itemAt(within, at + words.length - 1)
  if (!last) throw new Error(`“${words}” does not stand there`)
  return { kind: 'note', host, at: last, text }
}

/** The references of the notes that have no mark in the text. */
export function unmarked({ od }: Room): string[] {
  const projection = new Projection(od)
  const found = projection.blocks().flatMap((block) => (block.unmarked ? [block.label] : []))
  projection.destroy()
  return found
}
