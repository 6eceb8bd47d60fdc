const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name a file in it',
  EACCES: 'you are not allowed to read it',
  EPERM: 'you are not allowed to read it',
}

/** Why the system did not let a file be read, in words; null for any other error. */
export function cannotBeRead(file: string, error: unknown): string | null {
  if (!(error instanceof Error && 'syscall' in error)) return null
  const code = 'code' in error ? String(error.code) : ''
  return `${file} cannot be read: ${WHY[code] ?? error.message}`
}

/** What is wrong with a file, for the person who made it: message begins with the line where there is one. */
export class BadFile extends Error {
  override readonly name = 'BadFile'

  static at(line: number, reason: string): BadFile {
    return new BadFile(`line ${line}: ${reason}`)
  }
}
