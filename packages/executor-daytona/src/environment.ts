/**
 * What the SDK would else take from a `.env` of the working directory, which nobody has to trust: telemetry, a region,
 * another credential. An empty text counts as set, and says nothing.
 */
const GUARDED: Readonly<Record<string, string>> = {
  DAYTONA_OTEL_ENABLED: 'false',
  DAYTONA_EXPERIMENTAL_OTEL_ENABLED: 'false',
  DAYTONA_TARGET: '',
  DAYTONA_JWT_TOKEN: '',
  DAYTONA_ORGANIZATION_ID: '',
};

/** Runs `work`, which creates a client of the SDK, while no file of the working directory can tell it anything. */
export function withoutDotenv<Value>(work: () => Value): Value {
  const added = Object.keys(GUARDED).filter((name) => process.env[name] === undefined);
  for (const name of added) process.env[name] = GUARDED[name];
  try {
    return work();
  } finally {
    for (const name of added) delete process.env[name];
  }
}
