import type { Api } from '#client/net/api.ts'
import type { Board } from '#shared/document/composition/board.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { isAlias } from '#shared/model/participant.ts'
import { can } from '#shared/model/role.ts'
import type { Desk } from '../../state/desk.ts'
import { attributions } from '../../state/names.ts'

/** For facilitators and the secretariat: fetches which participants aliases stand for when an unknown one is shown. */
export function followAttributions(
  desk: Pick<Desk, 'board' | 'actor'>,
  api: Pick<Api, 'attributions'>,
): () => void {
  /** Aliases already asked for, so that the server is not asked again for one that it does not know. */
  const asked = new Set<ParticipantId>()
  const look = () => {
    const board = desk.board.get()
    if (!board.policy || !can(desk.actor.get().role, 'decide')) return
    const unknown = aliasesOn(board).filter((alias) => !asked.has(alias))
    for (const alias of unknown) asked.add(alias)
    if (unknown.length > 0) void fetchAttributions(api)
  }
  look()
  return desk.board.subscribe(look)
}

async function fetchAttributions(api: Pick<Api, 'attributions'>): Promise<void> {
  const answer = await api.attributions()
  if (!answer.ok) return
  const known = new Map(attributions.get())
  for (const { alias, participant } of answer.value.attributions) known.set(alias, participant)
  attributions.set(known)
}

function aliasesOn({ blocks, comments }: Board): ParticipantId[] {
  const rows = blocks.flatMap(({ places }) => places.flatMap((place) => place.rows))
  const named = [...rows, ...blocks].flatMap(({ positions }) => positions)
  const all = [
    ...rows.map(({ proponent }) => proponent),
    ...named.map(({ participant }) => participant),
    ...comments.map(({ participant }) => participant),
  ]
  return all.filter(isAlias)
}
