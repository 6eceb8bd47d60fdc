/** How figures are spelled wherever a person reads them. Pure, and usable in the browser. */

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** A small whole number as a word, a larger one in figures. */
export const inWords = (n: number): string => WORDS[n] ?? whole(n)

/** 1298 is "1,298". */
export const whole = (n: number): string => n.toLocaleString('en')

/** Two places with a true minus: 0.86, −0.03; never "−0.00". */
export const hundredths = (n: number): string => signed(n.toFixed(2))

/** "81 %", with one place below 10 %: "1.2 %". The space keeps number and sign in one line. */
export const percent = (share: number): string => {
  const hundred = share * 100
  const places = hundred !== 0 && Math.abs(hundred) < 9.95 ? 1 : 0
  return `${signed(hundred.toFixed(places))} %`
}

const signed = (text: string): string => (/^-0\.?0*$/.test(text) ? text.slice(1) : text.replace('-', '−'))

/** "a", "a and b", "a, b and c". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`

/** The first letter large. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** A name within a sentence: small letters, unless it is spelled in capitals within ("AC2", "iOS"). */
export const within = (name: string): string => (/[A-Z]/.test(name.slice(1)) ? name : name.toLowerCase())

/** "1 item", "2 items". */
export const plural = (n: number, one: string, many = `${one}s`): string => `${whole(n)} ${n === 1 ? one : many}`
