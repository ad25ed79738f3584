// The flows that every shop begins with. A new one is a folder and a line here.
import { abandonedCart } from './abandoned-cart/preset.ts'
import { abandonedCheckout } from './abandoned-checkout/preset.ts'
import { postPurchase } from './post-purchase/preset.ts'
import type { Preset } from './preset.ts'
import { welcome } from './welcome/preset.ts'
import { winBack } from './win-back/preset.ts'

export type PresetKey = 'abandoned-checkout' | 'abandoned-cart' | 'welcome' | 'post-purchase' | 'win-back'

// Methods may take a narrower parameter than their declaration says: each preset is only ever given its own templates.
export const presets: Record<PresetKey, Preset> = {
  'abandoned-checkout': abandonedCheckout,
  'abandoned-cart': abandonedCart,
  welcome,
  'post-purchase': postPurchase,
  'win-back': winBack,
}
