import { spaceOf } from '#shared/document/schema.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { CaretPlace } from '#shared/model/caret.ts'
import type { Caret } from '#shared/protocol/wire.ts'
import type { Binding } from './binding.ts'

/**
 * The own caret as the room may be shown it: none while it is in a private draft, and none while what is typed would
 * be one. Even the place where a draft stands would tell that somebody is at work there.
 */
export function publicCaret(binding: Binding): Caret | null {
  const { od } = binding.projection
  const places = binding.writer.space ? null : binding.places()
  const isPrivate = ({ host }: CaretPlace) => isProposalId(host) && spaceOf(od, host) !== null
  return !places || isPrivate(places.anchor) || isPrivate(places.head) ? null : places
}
