import type { Editor, Writing } from '#client/editor/contract.ts'
import type { Api } from '#client/net/api.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Desk } from '../../state/desk.ts'

/**
 * Sets the editor's writing options. In an unattributed round, writing for a delegation needs its alias, which is
 * fetched from the server; until it has arrived nothing can be typed.
 */
export function followWriting(
  editor: Pick<Editor, 'setWriting'>,
  desk: Pick<Desk, 'writing' | 'board'>,
  api: Pick<Api, 'attributions'>,
): () => void {
  let told: { readonly writing: Writing; readonly round: number | null } | null = null
  let stopped = false
  const fetchAlias = async (now: { readonly writing: Writing }, participant: ParticipantId) => {
    const alias = await aliasFor(api, participant)
    if (!stopped && told === now) editor.setWriting({ ...now.writing, alias })
  }
  const tell = () => {
    const writing = desk.writing.get()
    const policy = desk.board.get().policy
    const round = policy?.attribution === 'unattributed' ? policy.at : null
    if (told?.writing === writing && told.round === round) return
    const now = { writing, round }
    told = now
    editor.setWriting(writing)
    if (round !== null && writing.onBehalfOf !== null) void fetchAlias(now, writing.onBehalfOf)
  }
  tell()
  const stops = [desk.writing.subscribe(tell), desk.board.subscribe(tell)]
  return () => {
    stopped = true
    stops.forEach((stop) => stop())
  }
}

/** The delegation's alias in the present round, which is listed last. */
async function aliasFor(
  api: Pick<Api, 'attributions'>,
  participant: ParticipantId,
): Promise<ParticipantId | undefined> {
  const answer = await api.attributions()
  return answer.ok
    ? answer.value.attributions.findLast((each) => each.participant === participant)?.alias
    : undefined
}
