// A profile as its page gets it: the dates are ISO texts.
import type { ProfileDetails } from '#app/profiles/profile-details.server.ts'
import type { Serialised } from '#app/ui/serialised.ts'

export type ShownProfile = Serialised<ProfileDetails>
