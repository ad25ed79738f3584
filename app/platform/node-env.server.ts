// Imported before all else: libraries look at NODE_ENV when they are loaded, and some say more than they should without it.

process.env.NODE_ENV ??= 'production'
