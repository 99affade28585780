import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { indexKeys } from '#shared/document/key-index.ts'
import { slicesOf } from '#shared/document/slices.ts'
import { histories } from '#test/kit/histories.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

type Groups = readonly string[]

/** The names of groups, or a map that may hold them: it comes with them, gets them later, or never. */
type Value = Groups | Y.Map<Groups>

const groupsOf = (value: Value): Groups => (value instanceof Y.Map ? (value.get('groups') ?? []) : value)

const GROUPS = ['a', 'b', 'c', 'd']
const KEYS = Array.from({ length: 12 }, (_, i) => `key ${i}`)

/** Two replicas of a map whose values name groups, and an index of the first. */
class Pair {
  readonly random: Random
  readonly map: Y.Map<Value>
  readonly #other: Y.Map<Value>
  readonly #lookUp = indexKeys<Value>((_, value) => groupsOf(value))
  looked = 0

  constructor(seed: number) {
    this.random = new Random(seed)
    const [doc, other] = [new Y.Doc(), new Y.Doc()]
    this.map = doc.getMap('map')
    this.#other = other.getMap('map')
    // Whoever is told of a change finds it in the index, whether it asks before or after the index is told.
    this.map.observeDeep(() => this.check('an observer'))
    doc.on('afterTransaction', () => {
      this.check('after a transaction')
      if (this.random.chance(0.2) && doc._transactionCleanups.length < 3)
        doc.transact(() => {
          this.change(this.map)
          this.check('a transaction of an observer')
        })
    })
  }

  check(where: string): void {
    for (const group of GROUPS) {
      const expected = [...this.map.entries()].filter(([, value]) => groupsOf(value).includes(group))
      const found = [...this.#lookUp(this.map, group)].sort()
      expect(found, where).toEqual(expected.map(([key]) => key).sort())
      this.looked++
    }
  }

  change(map: Y.Map<Value>): void {
    const { random } = this
    const key = random.pick(KEYS)
    const value = map.get(key)
    if (random.chance(0.25)) map.delete(key)
    else if (value instanceof Y.Map && random.chance(0.6)) this.#changeNested(value)
    else if (random.chance(0.5)) map.set(key, this.#someGroups())
    else {
      const nested = new Y.Map<Groups>()
      if (random.chance(0.5)) this.#changeNested(nested)
      map.set(key, nested)
    }
  }

  #changeNested(nested: Y.Map<Groups>): void {
    if (this.random.chance(0.2)) nested.delete('groups')
    else nested.set('groups', this.#someGroups())
  }

  readonly #someGroups = (): Groups => GROUPS.filter(() => this.random.chance(0.4))

  step(): void {
    const { random, map } = this
    const replica = random.chance(0.5) ? map : this.#other
    replica.doc?.transact(() => {
      for (let changes = random.int(5); changes >= 0; changes--) {
        this.change(replica)
        if (replica === map && random.chance(0.5)) this.check('within a transaction')
      }
    })
    if (random.chance(0.4)) this.#exchange()
    this.check('between transactions')
  }

  #exchange(): void {
    const [one, other] = [this.map.doc!, this.#other.doc!]
    const missing = Y.encodeStateAsUpdate(other, Y.encodeStateVector(one))
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one, Y.encodeStateVector(other)))
    // In slices a map arrives in an earlier transaction than what it holds.
    if (this.random.chance(0.5)) for (const slice of slicesOf(missing, 1)) Y.applyUpdate(one, slice)
    Y.applyUpdate(one, missing)
  }
}

test('an index of keys is up to date at any time: within transactions, in observers, after remote changes, in slices', () => {
  const count = histories(2 / 3)
  let looked = 0
  for (const seed of seedsUpTo(count)) {
    const pair = new Pair(seed)
    for (let step = 0; step < 20; step++) pair.step()
    looked += pair.looked
  }
  expect(looked).toBeGreaterThan(count * 100)
})
