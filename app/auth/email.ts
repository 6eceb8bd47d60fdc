/** An email address as it is stored and compared: without spaces around it, in lower case. */
export const normalEmail = (entered: string): string => entered.trim().toLowerCase()

const LONGEST = 254

/** What is wrong with an email address, or null. Only a mail server can say more. */
export function problemWithEmail(email: string): string | null {
  if (email === '') return 'Enter an email address.'
  if (email.length > LONGEST || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    return `"${email.slice(0, 60)}" is not an email address. It needs a name, an @ and a domain, such as ada@example.org.`
  }
  return null
}
