/** Where an image made here has Go's compiled standard library. */
export const GO_CACHE_DIRECTORY = '/opt/cloche/go-build';
