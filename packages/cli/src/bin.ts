// Stands here until the command line does: shows that arguments and exit codes arrive unchanged.
process.stdout.write(`${JSON.stringify(process.argv.slice(2))}\n`);
process.exitCode = Number(process.argv[2] ?? 0) || 0;
