/** Lower-cased maximal runs of letters and digits; everything else separates. */
export const tokensOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/**
 * Text as two copies of it are compared: compatibility forms and combining marks gone (NFKD), JSON's escapes undone however often
 * they were made, so that a copy in another case, with other white space, punctuation or accents, or inside a JSON string reads the
 * same. Both sides of a comparison have to go through it.
 */
export const comparable = (text: string): string =>
  text
    .replace(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\+[nrtbf]/g, ' ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
