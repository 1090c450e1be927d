// Loaded before the command (node --import): tells its peak memory on the way out.
process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS} KiB\n`));
