import { useEffect, useState } from 'react'

const KEY = 'assay-theme'

/** As the system, light or dark. Kept in the browser; public/theme.js sets it before the first paint. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState('')
  useEffect(() => setTheme(localStorage.getItem(KEY) ?? ''), [])
  const choose = (chosen: string) => {
    setTheme(chosen)
    if (chosen) localStorage.setItem(KEY, chosen)
    else localStorage.removeItem(KEY)
    if (chosen) document.documentElement.dataset.theme = chosen
    else delete document.documentElement.dataset.theme
  }
  return (
    <label>
      Theme{' '}
      <select value={theme} onChange={(event) => choose(event.target.value)}>
        <option value="">As the system</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  )
}
