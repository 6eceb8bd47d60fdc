export const SHORTEST_PASSWORD = 12
const LONGEST_PASSWORD = 256

/** What lists of leaked passwords begin with, without the digits and signs people add to reach a length. */
const GUESSED_FIRST =
  /^(password|passwort|motdepasse|contrase[nñ]a|qwert[yz](uiop)?|iloveyou|letmein|welcome|admin|abcdefghijkl|assay|changeme)*[\d\p{P}\p{S}\p{Z}]*$/iu

/** What is wrong with a new password, or null. Length is what matters (NIST SP 800-63B); no rules about signs. */
export function problemWithPassword(password: string, email: string): string | null {
  if (password.length < SHORTEST_PASSWORD)
    return `Use at least ${SHORTEST_PASSWORD} characters. A few words in a row will do.`
  if (password.length > LONGEST_PASSWORD) return `Use at most ${LONGEST_PASSWORD} characters.`
  if (new Set(password).size < 5) return 'Use more than four different characters.'
  if (GUESSED_FIRST.test(password)) return 'This is among the first that are guessed. Take a few words of your own.'
  if (email !== '' && password.toLowerCase() === email.toLowerCase())
    return 'Do not use your email address as the password.'
  return null
}
