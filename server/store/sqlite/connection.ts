import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

type Values = readonly SQLInputValue[]

/** One database connection with its prepared statements. Its methods block, so it is used in worker threads only. */
export class SqliteDatabase {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** All rows. Their shape is that of the caller's SQL; the caller states it by a cast. */
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

  /** Runs `work` in a transaction that takes the write lock first, so that what it reads cannot be outdated. */
  write<T>(work: () => T): T {
    return this.#transaction('BEGIN IMMEDIATE', 'COMMIT', work)
  }

  /**
   * Runs `work`, which only reads, on one consistent view. The transaction is rolled back, because SQLite cannot
   * commit one in which a damaged page was met.
   */
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
      // On a full disk SQLite may have rolled back by itself.
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
