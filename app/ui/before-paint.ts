import { useEffect, useLayoutEffect } from 'react'

/** An effect that runs before the browser paints; on the server, where nothing is painted, it is none and React need not warn. */
export const useBeforePaint = typeof window === 'undefined' ? useEffect : useLayoutEffect
