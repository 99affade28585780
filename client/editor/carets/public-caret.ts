import { spaceOf } from '#shared/document/schema.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { CaretPlace } from '#shared/model/caret.ts'
import type { Caret } from '#shared/protocol/wire.ts'
import type { Binding } from '../binding.ts'

/**
 * The own caret as the room may see it. Null while it is in a private draft, or while a private space is written in,
 * because its place would reveal that somebody is drafting there.
 */
export function publicCaret(binding: Binding): Caret | null {
  const { od } = binding.projection
  const places = binding.writer.space ? null : binding.places()
  const isPrivate = ({ host }: CaretPlace) => isProposalId(host) && spaceOf(od, host) !== null
  return !places || isPrivate(places.anchor) || isPrivate(places.head) ? null : places
}
