#!/usr/bin/env node
import { enableCompileCache } from '@cloche/core';
import { environment } from './environment.ts';

enableCompileCache(environment);
// Loaded after the cache is on, so that everything else is read from it.
void import('./bin/main.ts').then(({ main }) => main(process.argv.slice(2)));
