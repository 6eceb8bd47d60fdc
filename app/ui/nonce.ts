import { createContext, useContext } from 'react'

/** The nonce of this response's Content-Security-Policy. Empty in the browser, which hides nonces from scripts. */
const Nonce = createContext<string>('')

export const NonceProvider = Nonce.Provider
export const useNonce = (): string => useContext(Nonce)
