// The word by which a page's own inline scripts are told from any that somebody slipped into it.
import { createContext } from 'react'

/** Empty in the browser, which hides a page's nonce from its scripts. */
export const ScriptNonce = createContext('')
