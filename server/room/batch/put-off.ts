import type { CloseReason } from '#shared/protocol/close.ts'
import type { StoreError } from '../../store/port.ts'
import { bringsNews, type Preparing } from './batch.ts'
import type { Live } from '../live/live.ts'
import type { Session } from '../session/session.ts'
import type { RoomTask } from './work.ts'

/**
 * Answers tasks that cannot be committed now: commands fail with `cause`, and a session whose update holds something
 * new is closed, so that its client keeps the words and sends them again. An update without news is acknowledged,
 * because all that it holds is durable. Others have turns meanwhile.
 */
export async function putOff(
  tasks: readonly RoomTask[],
  cause: StoreError,
  live: Live,
  {
    end,
    ...preparing
  }: Pick<Preparing, 'aliases' | 'turns'> & {
    readonly end: (session: Session, reason: CloseReason) => void
  },
): Promise<void> {
  for (const task of tasks) {
    if (task.kind === 'command') task.fail(cause)
    if (task.kind !== 'update') continue
    const { session, number } = task
    if (session.state !== 'open' || task.attempt === session.refused) continue
    if (await bringsNews(live, task, preparing)) end(session, 'unwritable')
    else if (number !== null) session.send({ type: 'acknowledged', number })
  }
}
