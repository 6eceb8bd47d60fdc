/** What is wrong with a file, for the person who made it: message begins with the line where there is one. */
export class BadFile extends Error {
  override readonly name = 'BadFile'

  static at(line: number, reason: string): BadFile {
    return new BadFile(`line ${line}: ${reason}`)
  }
}
