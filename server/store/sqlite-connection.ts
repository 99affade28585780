import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

type Values = readonly SQLInputValue[]

/** One connection with its prepared statements. Blocking: lives in a worker thread. */
export class SqliteDatabase {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** Rows as the caller's own SQL shapes them. */
  all(sql: string, values: Values = []): unknown[] {
    return this.#statement(sql).all(...values)
  }

  /** The first row, or undefined. */
  get(sql: string, values: Values = []): unknown {
    return this.#statement(sql).get(...values)
  }

  run(sql: string, values: Values = []): void {
    this.#statement(sql).run(...values)
  }

  /** Takes the write lock at once, so that what is read inside cannot be outdated by another process. */
  write<T>(work: () => T): T {
    return this.#transaction('BEGIN IMMEDIATE', 'COMMIT', work)
  }

  /** One consistent view for several reads. Where one of them came upon a damaged page, nothing can be committed. */
  read<T>(work: () => T): T {
    return this.#transaction('BEGIN', 'ROLLBACK', work)
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  #transaction<T>(begin: string, end: string, work: () => T): T {
    this.#db.exec(begin)
    try {
      const result = work()
      this.#db.exec(end)
      return result
    } catch (error) {
      // A full disk may have rolled it back already.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
