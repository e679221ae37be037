#!/usr/bin/env node
import { enableCompileCache } from './compile-cache.ts';

enableCompileCache();
// Loaded after the cache is on, so that everything else is read from it.
void import('./main.ts').then(({ main }) => main(process.argv.slice(2)));
