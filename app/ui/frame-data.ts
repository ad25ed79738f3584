// What the frame's loader tells all pages about the shop, and how they ask for it.
import { useRouteLoaderData } from '@remix-run/react'
import type polarisGerman from '@shopify/polaris/locales/de.json'
import { createContext, useContext } from 'react'
import { createFormat, type Format } from './format.ts'

export interface FrameData {
  apiKey: string
  appBridgeUrl: string | null
  locale: string
  shopName: string
  shopDomain: string
  currency: string
  timeZone: string
  /** Polaris' own words; null where they are English, which it brings along. */
  polarisText: typeof polarisGerman | null
}

/** Undefined before the frame's loader has answered, or when it failed. */
export function useFrameData(): FrameData | undefined {
  return useRouteLoaderData('routes/app')
}

export const FormatContext = createContext<Format>(createFormat({ locale: 'en', timeZone: 'UTC', currency: 'USD' }))

/** Dates, money and numbers as this merchant reads them. */
export const useFormat = () => useContext(FormatContext)
