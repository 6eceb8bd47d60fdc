/** What is wrong with a file, where, and why: the line counts from 1; null where the fault is the file's as a whole. */
export type FileError = { line: number | null; field: string | null; reason: string }

/** A file that cannot be read any further. The message says what is wrong and how to mend it. */
export class Unreadable extends Error {
  readonly line: number | null

  constructor(reason: string, line: number | null = null) {
    super(reason)
    this.name = 'Unreadable'
    this.line = line
  }
}

/** A record and the line of the file it begins on. */
export type Numbered<T> = { line: number; record: T }

/** Some of a file's records, those that could not be read, and how much of the file (in bytes) they were read from. */
export type Batch<T> = { records: Numbered<T>[]; errors: FileError[]; bytes: number }
