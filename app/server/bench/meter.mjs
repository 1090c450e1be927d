/**
 * Loaded before a measured program (`node --import`): answers each message with what the process has used so far.
 * Plain JavaScript, so that stripping types is not measured along.
 */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpuMs: (user + system) / 1_000, peakMb: process.resourceUsage().maxRSS / 1_024 });
});
process.channel.unref();
