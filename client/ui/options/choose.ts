import { newProposalId } from '#shared/model/ids.ts'
import type { Desk } from '../state/desk.ts'
import { notify } from '../state/notify.ts'
import { randomBytes, send } from '../state/send.ts'
import { strings } from '../strings.ts'
import { effectOfChoosing } from './options.ts'
import type { OptionPlace, ShownOption } from './options.ts'

/** Chooses an option; the message offers to take it back. The others go as they are shown now, or nothing happens. */
export async function chooseOption(desk: Desk, place: OptionPlace, option: ShownOption): Promise<boolean> {
  const { blocks, not } = effectOfChoosing(place, option)
  if (not !== null) {
    notify(desk, not, 'refused')
    return false
  }
  const proposal = newProposalId(randomBytes)
  const basis = desk.basis.get()
  const command = {
    kind: 'option-choose',
    proposal,
    option: option.head.id,
    dropped: blocks.map(({ id }) => id),
    ...(basis ? { basis } : {}),
  } as const
  const sent = await send(desk, command, { about: option.head.id, oneAtATime: true })
  if (sent.state !== 'done') return false
  notify(desk, strings.options.chosen(option.reference, place.options.length - 1), 'done', proposal)
  return true
}
