import { useEffect, useState } from 'react'
import type { Answer, Api } from '#client/net/api.ts'
import type { FrozenText } from '#shared/document/history/compared.ts'
import { freeze } from '#shared/document/history/freeze.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Side } from '../state/open-dialog.ts'

/** Requested frozen texts by address. They never change, so each is requested once. */
const kept = new WeakMap<Api, Map<string, Promise<Answer<FrozenText>>>>()

export function textOf(api: Api, od: OutcomeDocument, side: Side): Promise<Answer<FrozenText>> {
  if (side.kind === 'now') return Promise.resolve({ ok: true, value: freeze(od, Infinity) })
  const known = kept.get(api) ?? new Map<string, Promise<Answer<FrozenText>>>()
  kept.set(api, known)
  const key = side.kind === 'revision' ? `revision ${side.number}` : `sequence ${side.sequence}`
  const before = known.get(key)
  if (before) return before
  const asked = side.kind === 'revision' ? api.revision(side.number) : api.textAt(side.sequence)
  known.set(key, asked)
  void forgetFailure(asked, () => known.delete(key))
  return asked
}

/** Forgets a failed request, so that it can be repeated. */
async function forgetFailure(asked: Promise<Answer<FrozenText>>, forget: () => void): Promise<void> {
  if (!(await asked).ok) forget()
}

/** The text of one side; null while it is being fetched. */
export function useText(api: Api, od: OutcomeDocument, side: Side): Answer<FrozenText> | null {
  const [got, setGot] = useState<{ side: Side; answer: Answer<FrozenText> } | null>(null)
  useEffect(() => {
    let left = false
    const load = async () => {
      const answer = await textOf(api, od, side)
      if (!left) setGot({ side, answer })
    }
    void load()
    return () => {
      left = true
    }
  }, [api, od, side])
  return got?.side === side ? got.answer : null
}
