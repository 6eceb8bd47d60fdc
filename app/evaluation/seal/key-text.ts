/** How a seal key is written: 32 bytes in base64 (URL-safe or not) or as 64 hexadecimal digits. */

const BYTES = 32

/** The bytes of a key; null where the text is none. */
export function keyBytes(text: string): Buffer | null {
  const plain = text.trim()
  if (/^[0-9a-f]{64}$/i.test(plain)) return Buffer.from(plain, 'hex')
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(plain)) return null
  const bytes = Buffer.from(plain, 'base64')
  return bytes.length === BYTES ? bytes : null
}
