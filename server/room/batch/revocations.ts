import type { Store } from '../../store/port.ts'
import type { Session } from '../session/session.ts'
import type { RoomChange, RoomRequest } from './work.ts'

/**
 * The invitations that were revoked while something that came by them waited in a room.
 *
 * Invariant: from {@link learn} until its next call, {@link concern} is true for those of the tasks whose invitation was
 * revoked before that call, by whatever process, or was noted since. Open sessions are ended within a second in any case.
 */
export class Revocations {
  readonly #store: Pick<Store, 'endedInvitations'>
  #known = new Set<string>()
  /** Sessions that were looked up once. While they are open, whoever learns of a revocation ends them. */
  readonly #familiar = new WeakSet<Session>()

  constructor(store: Pick<Store, 'endedInvitations'>) {
    this.#store = store
  }

  /** Notes a revocation, after the store has it. */
  note(invitation: string): void {
    this.#known.add(invitation)
  }

  /**
   * Looks up the invitations of the tasks, except those of open sessions that have done something before: a key would wait
   * for two answers of the store instead of one. One that has merely expired counts by when the tasks arrived, as everything that
   * has a deadline does. Rejects with `StoreError`.
   */
  async learn(tasks: readonly RoomChange[]): Promise<void> {
    // What is noted from now on must be kept: the look-up may have come before it.
    const known = new Set<string>()
    this.#known = known
    const requests = tasks.filter(isRequest).filter((task) => !this.#isFamiliar(task))
    const invitations = new Set(requests.flatMap((task) => invitationOf(task) ?? []))
    if (invitations.size === 0) return
    const first = requests.reduce((earliest, { receivedAt }) => Math.min(earliest, receivedAt), Infinity)
    for (const ended of await this.#store.endedInvitations([...invitations], first)) known.add(ended)
    for (const task of requests)
      if (task.kind === 'update' && !this.concern(task)) this.#familiar.add(task.session)
  }

  #isFamiliar(task: RoomRequest): boolean {
    return task.kind === 'update' && task.session.state === 'open' && this.#familiar.has(task.session)
  }

  /** Whether the task came by an invitation that was revoked. */
  concern(task: RoomRequest): boolean {
    const invitation = invitationOf(task)
    return invitation !== undefined && this.#known.has(invitation)
  }
}

const isRequest = (task: RoomChange): task is RoomRequest => task.kind === 'update' || task.kind === 'command'

/** Undefined for what the server itself asks for. */
const invitationOf = (task: RoomRequest): string | undefined =>
  task.kind === 'update' ? task.session.visitor.invitation : task.invitation
