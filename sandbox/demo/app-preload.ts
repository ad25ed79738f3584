// Preloaded into Tern's process by the demo: tells how much CPU it used, and ends it when the demo is gone.

process.on('message', () => process.send?.(process.cpuUsage()))
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
// Listening must not keep the process alive.
process.channel?.unref()
