import { Problem } from '#app/evaluation/problem.ts'

const LONGEST = 100_000

/** A reference's text as it is stored. Throws `invalid` at `text` for one that is empty, too long or cannot be stored. */
export function checkedText(entered: string): string {
  const text = entered.replaceAll('\r\n', '\n').trim()
  if (text === '') throw wrongText('Write the reference: the answer itself, as it would be given.')
  if (text.length > LONGEST) throw wrongText(`A reference has at most ${LONGEST.toLocaleString('en')} characters.`)
  if (text.includes('\0')) throw wrongText('The text holds a NUL character, which cannot be stored.')
  return text
}

export const wrongText = (reason: string) =>
  new Problem('invalid', 'The reference was not saved.', { fields: { text: reason } })

export const alreadyThere = () => wrongText('The case has a reference of this quality with the very same text.')
